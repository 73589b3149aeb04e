/* SPDX-License-Identifier: MIT */
/* What documents call the numbers of decision.h and request.h. */
#include <offerpolicy/decision.h>

#define NAME_OF(names, number) \
    ((size_t)(number) < sizeof(names) / sizeof *(names) ? (names)[number] : NULL)

const char *ofp_verdict_name(ofp_verdict verdict)
{
    static const char *const names[OFP_VERDICT_COUNT] = {
        [OFP_VERDICT_UNKNOWN_ORG] = "unknown_org",
        [OFP_VERDICT_UNSURE] = "unsure",
        [OFP_VERDICT_ENTITLED] = "entitled",
        [OFP_VERDICT_MIGRATION] = "migration",
        [OFP_VERDICT_ON_HOLD] = "on_hold",
        [OFP_VERDICT_UPCOMING] = "upcoming",
        [OFP_VERDICT_MIGRATION_PENDING] = "migration_pending",
        [OFP_VERDICT_MIGRATION_REFUSED] = "migration_refused",
        [OFP_VERDICT_MIGRATION_EXPIRED] = "migration_expired",
        [OFP_VERDICT_MIGRATION_OFFER] = "migration_offer",
        [OFP_VERDICT_LAPSED] = "lapsed",
        [OFP_VERDICT_UNPAID] = "unpaid",
    };
    return NAME_OF(names, verdict);
}

const char *ofp_offering_source_name(ofp_offering_source source)
{
    static const char *const names[] = {NULL, "explicit", "rule", "patterns"};
    return NAME_OF(names, source);
}

const char *ofp_metric_name(ofp_metric metric)
{
    static const char *const names[] = {"first_reply", "next_reply", "periodic_update",
                                        "resolution"};
    return NAME_OF(names, metric);
}

const char *ofp_target_kind_name(ofp_target_kind kind)
{
    static const char *const names[] = {"sla", "slo"};
    return NAME_OF(names, kind);
}

const char *ofp_action_kind_name(ofp_action_kind kind)
{
    static const char *const names[] = {"ticket.remove_tag", "ticket.add_tag",
                                        "ticket.public_reply", "ticket.internal_note"};
    return NAME_OF(names, kind);
}

const char *ofp_migration_status_name(ofp_migration_status status)
{
    static const char *const names[] = {"requested", "approved", "refused", "completed",
                                        "cancelled"};
    return NAME_OF(names, status);
}
