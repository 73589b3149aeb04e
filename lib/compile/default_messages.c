/* SPDX-License-Identifier: MIT */
#include "messages.h"

/* What a policy that says nothing else writes: short, friendly to customers, and plain about what
 * the reader of a note is to do next. */

const char ofp_default_ask_customer[] =
    "Thank you for your question about {offering}. Your contract covers {current_offering}, and "
    "we will gladly help you with {offering} as well while you move there.\n"
    "So that we can arrange this: which support level do you plan to buy for {offering}, and by "
    "when do you expect to finish the move?";

const char ofp_default_ops_request[] =
    "Please approve an offering migration for {org}: from {current_offering} ({current_level}) to "
    "{offering}, at level {level}, until {target_date} (migration {migration}).\n"
    "Accountable: {owner}\n"
    "Reason: {reason}\n"
    "Evidence: {evidence}";

const char ofp_default_org_note[] =
    "{org} is moving from {current_offering} to {offering}. We support {offering} at level "
    "{level} until {target_date} (migration {migration}). Accountable: {owner}.";

const char ofp_default_reminder[] =
    "{owner}, the migration of {org} to {offering} ({migration}, level {level}) has the target "
    "date {target_date}. If it is not approved yet, have it approved; if {org} has bought "
    "{offering}, complete it; if more time is needed, have it extended. Otherwise our support for "
    "{offering} ends.";

const char *const ofp_default_internal_notes[OFP_VERDICT_COUNT] = {
    [OFP_VERDICT_UNKNOWN_ORG] =
        "Nobody knows yet which organisation this ticket is from. Find out before you promise "
        "anything.",
    [OFP_VERDICT_UNSURE] =
        "It is not clear which offering this ticket is about. Ask the customer, and do not remove "
        "any level tag meanwhile.",
    [OFP_VERDICT_MIGRATION] =
        "{org} is moving to {offering}: support at level {level} is approved until "
        "{target_date}.",
    [OFP_VERDICT_ON_HOLD] =
        "{org} has a contract that is on hold. Ask Support Ops before you go on.",
    [OFP_VERDICT_UPCOMING] =
        "{org} has bought {offering}, but that contract has not started yet. Level {level} "
        "applies for now.",
    [OFP_VERDICT_MIGRATION_PENDING] =
        "A migration of {org} to {offering}, at level {level}, has been asked for and is not "
        "approved yet. Ask Support Ops before you promise anything.",
    [OFP_VERDICT_MIGRATION_REFUSED] =
        "A migration of {org} to {offering} was refused. Their contract covers "
        "{current_offering}.",
    [OFP_VERDICT_MIGRATION_EXPIRED] =
        "The migration of {org} to {offering} was approved until {target_date}, which has "
        "passed. Have it extended, or tell the customer that support for {offering} has ended.",
    [OFP_VERDICT_MIGRATION_OFFER] =
        "{org} pays for {current_offering} and asks about {offering}. Ask which level they "
        "will buy and by when they will have moved, then request an offering migration.",
    [OFP_VERDICT_LAPSED] =
        "{org} had a contract, but it has ended. Ask Support Ops whether it is being "
        "renewed.",
};
