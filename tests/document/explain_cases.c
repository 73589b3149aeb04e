/* SPDX-License-Identifier: MIT */
#include "explain_cases.h"

#define SELF_MANAGED \
    { \
        "self_managed", "premium", "2026-01-15", "2027-01-14", false \
    }
#define HELD \
    { \
        "self_managed", "premium", "2026-01-15", "2027-01-14", true \
    }
#define MIGRATION(status) \
    { \
        "m1", "saas", "premium", "2026-12-31", status \
    }

const explain_case explain_cases[] = {
    {
        .name = "entitled",
        .subject = "northwind-ctl reconfigure fails",
        .priority = "high",
        .tags = {"sm_premium"},
        .org_name = "Acme",
        .entitlements = {SELF_MANAGED},
    },
    {
        .name = "entitled_raised",
        .offering = "self_managed",
        .tags = {"sm_premium", "focus_self_managed"},
        .entitlements = {SELF_MANAGED},
        .migrations = {{"m2", "self_managed", "ultimate", "2026-12-31", OFP_MIGRATION_APPROVED}},
    },
    {
        .name = "migration",
        .offering = "saas",
        .priority = "high",
        .tags = {"sm_premium"},
        .org_name = "Acme",
        .entitlements = {SELF_MANAGED},
        .migrations = {MIGRATION(OFP_MIGRATION_APPROVED)},
    },
    {
        .name = "migration_amsterdam",
        .offering = "saas",
        .priority = "high",
        .tags = {"sm_premium"},
        .org_name = "Acme",
        .entitlements = {SELF_MANAGED},
        .migrations = {MIGRATION(OFP_MIGRATION_APPROVED)},
        .zone = "Europe/Amsterdam",
    },
    {
        .name = "migration_colour",
        .created = "2026-11-17T18:00:00Z",
        .offering = "saas",
        .priority = "high",
        .tags = {"sm_premium"},
        .org_name = "Acme",
        .entitlements = {SELF_MANAGED},
        .migrations = {MIGRATION(OFP_MIGRATION_APPROVED)},
        .colour = true,
    },
    {
        .name = "migration_offer",
        .subject = "Import to cloud.northwind.example fails",
        .tags = {"sm_premium"},
        .org_name = "Acme",
        .entitlements = {SELF_MANAGED},
    },
    {
        .name = "migration_pending",
        .offering = "saas",
        .priority = "urgent",
        .entitlements = {SELF_MANAGED},
        .migrations = {MIGRATION(OFP_MIGRATION_REQUESTED)},
    },
    {
        .name = "migration_refused",
        .offering = "saas",
        .entitlements = {SELF_MANAGED},
        .migrations = {MIGRATION(OFP_MIGRATION_REFUSED)},
    },
    {
        .name = "migration_expired",
        .now = "2027-01-05T18:00:00Z",
        .created = "2026-12-30T18:00:00Z",
        .offering = "saas",
        .tags = {"sm_premium", "saas_premium"},
        .entitlements = {SELF_MANAGED},
        .migrations = {MIGRATION(OFP_MIGRATION_APPROVED)},
    },
    {
        .name = "on_hold",
        .offering = "self_managed",
        .entitlements = {HELD},
    },
    {
        .name = "upcoming",
        .offering = "saas",
        .entitlements = {SELF_MANAGED, {"saas", "ultimate", "2026-12-01", NULL, false}},
    },
    {
        .name = "upcoming_earliest",
        .offering = "saas",
        .org_name = "Acme",
        .entitlements = {{"saas", "ultimate", "2027-02-01", NULL, false},
                         {"saas", "standard", "2026-12-01", NULL, false},
                         {"saas", "premium", "2027-01-01", NULL, false}},
    },
    {
        .name = "lapsed",
        .now = "2027-03-20T18:00:00Z",
        .offering = "self_managed",
        .tags = {"sm_premium", "focus_self_managed"},
        .entitlements = {SELF_MANAGED},
    },
    {
        .name = "unpaid",
        .offering = "saas",
        .entitlements = {{"saas", "free", NULL, NULL, false}},
    },
    {
        .name = "unsure_verbose",
        .ticket = "a ticket with a long id of many words that does not fit on one line at all",
        .subject = "self-managed northwind-ctl to Northwind Cloud: cloud.northwind.example",
        .entitlements = {SELF_MANAGED,
                         {"dedicated", "ultimate", "2025-01-01", "2025-12-31", false}},
        .migrations = {MIGRATION(OFP_MIGRATION_CANCELLED)},
        .verbose = true,
    },
    {
        .name = "unknown_org",
        .offering = "saas",
        .no_org = true,
    },
    {
        .name = "emergency_verbose",
        .created = "2026-11-20T17:20:00Z",
        .offering = "dedicated",
        .form = "emergency",
        .priority = "urgent",
        .tags = {"dedicated_ultimate", "focus_dedicated"},
        .entitlements = {{"dedicated", "ultimate", NULL, NULL, false}},
        .zone = "Asia/Kathmandu",
        .verbose = true,
    },
    {
        .name = "three_contracts_end",
        .now = "2027-01-14T18:00:00Z",
        .offering = "self_managed",
        .priority = "low",
        .entitlements = {SELF_MANAGED,
                         {"saas", "standard", "2027-01-15", NULL, false},
                         {"dedicated", "ultimate", NULL, "2027-01-14", false}},
        .migrations = {{"m3", "saas", "premium", "2027-01-14", OFP_MIGRATION_APPROVED}},
        .zone = "UTC",
    },
    {
        .name = "refusal_forgotten",
        .now = "2027-03-20T18:00:00Z",
        .offering = "saas",
        .entitlements = {{"self_managed", "standard", NULL, NULL, false}},
        .migrations = {MIGRATION(OFP_MIGRATION_REFUSED)},
    },
    {
        .name = "odd_never_due",
        .odd_policy = true,
        .now = "2026-11-20T18:01:30Z",
        .created = "2026-11-20T18:00:00Z",
        .subject = "first, second",
        .entitlements = {{"one", "basic", NULL, NULL, false}},
        .verbose = true,
    },
    {
        .name = "odd_no_target",
        .odd_policy = true,
        .subject = "first",
        .org_tag = "vip",
    },
    {
        .name = "odd_lapsed",
        .odd_policy = true,
        .offering = "one",
        .org_name = "\x1B]0;owned\x07 & \xE2\x80\xAE sons\n\tLtd",
        .entitlements = {{"one", "basic", NULL, "2026-11-19", false}},
    },
};

const size_t explain_case_count = sizeof explain_cases / sizeof *explain_cases;
