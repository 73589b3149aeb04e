/* SPDX-License-Identifier: MIT */
/*
 * Carries a customer from one offering to another. They pay for the self-managed product and move
 * to the cloud. An engineer requests that support for the cloud counts until the move is done, a
 * manager approves, the help desk is told what to change, and a ticket about the cloud is decided.
 *
 *     cc migration.c $(pkg-config --cflags --libs offerpolicy) -o migration
 *     ./migration support.db                  by the default policy, which is built in
 *     ./migration support.db my-policy.yaml   by another one, if it knows the names used below
 *
 * Run it twice with the same file: each step has a key, so nothing is done twice.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include <offerpolicy/offerpolicy.h>

struct office {
    ofp_policy *policy; /* shared by all threads */
    ofp_store *store;   /* one a thread */
    ofp_facts *facts;   /* what orgs have bought, from the sales system */
    ofp_desk *desk;     /* decides with the store's migrations */
    ofp_entitlement bought;
    ofp_request ticket;
};

/* Texts of records have a length; they may hold anything but control characters. */
static void print_text(const char *before, ofp_text text)
{
    printf("%s%.*s", before, (int)text.size, text.data);
}

static ofp_status open_office(struct office *office, const char *store, const char *policy,
                              ofp_error **reterr)
{
    const ofp_store_options options = {.size = sizeof options, .mode = OFP_STORE_CREATE};
    ofp_status status = policy ? ofp_policy_load(policy, NULL, &office->policy, reterr)
                               : ofp_policy_default(NULL, &office->policy, reterr);
    if (!status)
        status = ofp_store_open(store, &options, &office->store, reterr);
    if (!status)
        status = ofp_facts_new(&office->facts, reterr);
    if (!status)
        status = ofp_desk_new(office->store, office->policy, NULL, &office->desk, reterr);
    return status;
}

static void close_office(struct office *office)
{
    ofp_desk_free(office->desk); /* all of these take NULL; the desk goes before its store */
    ofp_facts_free(office->facts);
    ofp_store_close(office->store);
    ofp_policy_unref(office->policy);
}

/* A ticket, its org, and what the org has bought, as the help desk and the sales system have it. */
static ofp_status look_up_ticket(struct office *office, ofp_error **reterr)
{
    const ofp_policy *policy = office->policy;
    office->bought = (ofp_entitlement){
        .offering = ofp_policy_find_offering(policy, ofp_text_of("self_managed")),
        .level = ofp_policy_find_level(policy, ofp_text_of("premium")),
        .starts = OFP_INSTANT_NONE,
        .ends = OFP_INSTANT_NONE,
    };
    office->ticket = (ofp_request)OFP_REQUEST_INIT;
    office->ticket.ticket = ofp_text_of("4711");
    office->ticket.subject = ofp_text_of("Import into the cloud fails");
    office->ticket.has_org = true;
    office->ticket.org = ofp_text_of("acme");
    office->ticket.org_name = ofp_text_of("Acme Rockets");
    office->ticket.entitlements = &office->bought;
    office->ticket.entitlement_count = 1;
    const ofp_status status =
        ofp_instant_parse(ofp_text_of("2026-11-20T18:00:00Z"), &office->ticket.now, reterr);
    office->ticket.created_at = office->ticket.now;
    return status ? status : ofp_facts_add(office->facts, policy, &office->ticket, reterr);
}

/* Takes a step, and keeps the id of its migration. The answer holds what was written. */
static ofp_status take_step(const struct office *office, const ofp_step *step, ofp_records **ret,
                            ofp_error **reterr)
{
    const ofp_status status = ofp_step_take(step, office->store, office->policy, ret, reterr);
    if (status)
        return status;
    size_t count;
    const ofp_migration_record *migration = ofp_records_migrations(*ret, &count);
    print_text("step      ", migration->id);
    printf(" is %s, revision %" PRId64 "%s\n",
           ofp_migration_state_name(ofp_migration_record_state(migration, step->at)),
           migration->revision, ofp_records_repeated(*ret) ? " (was done before)" : "");
    return status;
}

/* A key that says what is meant makes it safe to send the same step again after a failure. */
static ofp_status request(const struct office *office, ofp_records **ret, ofp_error **reterr)
{
    ofp_step step = OFP_STEP_INIT;
    step.kind = OFP_STEP_REQUEST;
    step.at = office->ticket.now;
    step.actor = step.owner = ofp_text_of("dana");
    step.reason = ofp_text_of("Signed the order for the cloud, moves in December");
    step.key = ofp_text_of("ticket 4711: request");
    step.org = office->ticket.org;
    step.from = ofp_text_of("self_managed");
    step.to = ofp_text_of("cloud");
    step.level = ofp_text_of("premium");
    step.facts = office->facts;
    const ofp_status status = ofp_date_parse(ofp_text_of("2026-12-31"), &step.target_date, reterr);
    return status ? status : take_step(office, &step, ret, reterr);
}

static ofp_status approve(const struct office *office, ofp_text migration, ofp_error **reterr)
{
    ofp_records *answer = NULL;
    ofp_step step = OFP_STEP_INIT;
    step.kind = OFP_STEP_APPROVE;
    step.at = office->ticket.now;
    step.actor = ofp_text_of("mira");
    step.role = ofp_text_of("support_manager"); /* one of the policy's `approvers` */
    step.key = ofp_text_of("ticket 4711: approve");
    step.migration = migration;
    const ofp_status status = take_step(office, &step, &answer, reterr);
    ofp_records_free(answer);
    return status;
}

static ofp_status request_and_approve(const struct office *office, ofp_error **reterr)
{
    ofp_records *answer = NULL;
    ofp_status status = request(office, &answer, reterr);
    if (!status) {
        size_t count;
        status = approve(office, ofp_records_migrations(answer, &count)->id, reterr);
    }
    ofp_records_free(answer);
    return status;
}

/* What the help desk must change waits in the store until it says that it has been done. */
static ofp_status deliver(const struct office *office, ofp_error **reterr)
{
    ofp_records *pending = NULL;
    size_t count = 0;
    ofp_status status =
        ofp_store_actions(office->store, office->ticket.now, 0, 0, &pending, reterr);
    const ofp_host_action *actions = status ? NULL : ofp_records_actions(pending, &count);
    for (size_t i = 0; !status && i < count; i++) {
        const ofp_host_action *action = &actions[i];
        printf("do        %s", ofp_host_action_kind_name(action->kind)); /* carry it out here */
        print_text(" ", action->tag.data ? action->tag : action->text);
        puts("");
        status = ofp_store_ack(office->store, action->key, office->ticket.now, reterr);
    }
    ofp_records_free(pending);
    return status;
}

static ofp_status decide(const struct office *office, ofp_error **reterr)
{
    const ofp_decision *decision;
    const ofp_status status = ofp_desk_decide(office->desk, &office->ticket, &decision, reterr);
    if (status)
        return status;
    printf("verdict   %s\n", ofp_verdict_name(ofp_decision_verdict(decision)));
    printf("level     %s\n", ofp_policy_level_name(office->policy, ofp_decision_level(decision)));
    return OFP_STATUS_OK;
}

static ofp_status play(struct office *office, ofp_error **reterr)
{
    ofp_status status = look_up_ticket(office, reterr);
    if (!status)
        status = decide(office, reterr); /* not promised yet: offer it */
    if (!status)
        status = request_and_approve(office, reterr);
    if (!status)
        status = deliver(office, reterr);
    if (!status)
        status = decide(office, reterr);
    return status;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "usage: migration STORE [POLICY]\n");
        return EXIT_FAILURE;
    }
    struct office office = {0};
    ofp_error *error = NULL;
    ofp_status status = open_office(&office, argv[1], argc > 2 ? argv[2] : NULL, &error);
    if (!status)
        status = play(&office, &error);
    if (status)
        fprintf(stderr, "%s [%s]\n", ofp_error_message(error),
                ofp_code_name(ofp_error_diagnostic(error, 0)->code));
    ofp_error_free(error);
    close_office(&office);
    return status ? EXIT_FAILURE : EXIT_SUCCESS;
}
