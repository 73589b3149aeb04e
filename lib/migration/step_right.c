/* SPDX-License-Identifier: MIT */
/* Who may do what. */
#include "buffer.h"
#include "failure.h"
#include "span.h"
#include "step_allow.h"
#include "tables.h"

static bool is_approver(const ofp_taking *taking)
{
    const ofp_migration_rules *rules = &taking->policy->migration;
    for (size_t i = 0; i < rules->approver_count; i++) {
        if (taking->step->role.data &&
            ofp_span_equal(taking->step->role, ofp_text_of(rules->approvers[i])))
            return true;
    }
    return false;
}

static bool is_requester(const ofp_taking *taking)
{
    return ofp_span_equal(taking->step->actor, taking->record.requested_by);
}

enum { ROLES_SHOWN = 12 };

/* "support_manager or director" */
static void put_roles(const ofp_migration_rules *rules, ofp_buffer *list)
{
    const size_t count = rules->approver_count;
    for (size_t i = 0; i < count && i < ROLES_SHOWN; i++) {
        if (i)
            ofp_buffer_puts(list, i + 1 < count ? ", " : " or ");
        ofp_buffer_puts(list, rules->approvers[i]);
    }
    if (count > ROLES_SHOWN)
        ofp_buffer_printf(list, " or %zu other roles", count - ROLES_SHOWN);
}

/* Whom the policy lets do it, in words. */
static void put_entitled(const ofp_taking *taking, ofp_buffer *message)
{
    const ofp_migration_rules *rules = &taking->policy->migration;
    ofp_buffer_printf(message, "only ");
    if (taking->rule->right == OFP_RIGHT_APPROVER_OR_REQUESTER)
        ofp_buffer_printf(message, "%s, who requested it, or ",
                          ofp_quote(taking->record.requested_by).text);
    if (rules->approver_count == 0) {
        ofp_buffer_puts(message, "an approver (the policy names none)");
    } else {
        ofp_buffer_puts(message, "somebody in the role ");
        put_roles(rules, message);
    }
    ofp_buffer_printf(message, " may %s %s; %s ", taking->rule->name, taking->record.id.data,
                      ofp_quote(taking->step->actor).text);
    if (taking->step->role.data)
        ofp_buffer_printf(message, "is here as %s", ofp_quote(taking->step->role).text);
    else
        ofp_buffer_puts(message, "gave no role");
}

static ofp_status refuse_role(const ofp_taking *taking, ofp_error **reterr)
{
    ofp_buffer message = {0};
    put_entitled(taking, &message);
    const ofp_status status = message.failed ? ofp_fail_no_memory(reterr)
                                             : ofp_fail(reterr, OFP_CODE_ROLE_NOT_ALLOWED, "%s",
                                                        ofp_buffer_text(&message).data);
    ofp_buffer_release(&message);
    return status;
}

ofp_status ofp_step_allow_actor(const ofp_taking *taking, ofp_error **reterr)
{
    const ofp_step_right right = taking->rule->right;
    if (right == OFP_RIGHT_ANYBODY ||
        (right == OFP_RIGHT_APPROVER_OR_REQUESTER && is_requester(taking)))
        return OFP_STATUS_OK;
    if (!is_approver(taking))
        return refuse_role(taking, reterr);
    if (right == OFP_RIGHT_OTHER_APPROVER && is_requester(taking) &&
        !taking->policy->migration.self_approval)
        return ofp_fail(reterr, OFP_CODE_SELF_APPROVAL,
                        "%s requested %s and can't approve it: somebody else must",
                        ofp_quote(taking->step->actor).text, taking->record.id.data);
    return OFP_STATUS_OK;
}
