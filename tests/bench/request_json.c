/* SPDX-License-Identifier: MIT */
#include "requests.h"

static const char *const subjects[] = {
    "Backup restore fails after the upgrade to 17.2",
    "Pipelines stay pending since this morning",
    "Login by SAML ends in \\\"403 Forbidden\\\"",
    "Wie \\u00e4ndern wir die E-Mail-Adresse eines Kontos?",
};

/* Texts of tickets have line ends, quotes and letters that are not ASCII. */
static const char *const sentences[] = {
    "Hello team,\\n\\n",
    "since the update last night our jobs stay \\\"pending\\\" for ten minutes or more. ",
    "The log says: connection refused (127.0.0.1:5432), retrying in 30 seconds.\\n",
    "We restarted the service twice, without any change so far. ",
    "Könnten Sie bitte prüfen, ob das mit dem Zertifikat zusammenhängt? ",
    "Our production has about 2,400 users, and the release is due on Friday.\\n",
    "Attached are the configuration and the output of the doctor command. ",
    "It worked before – nothing else was changed on our side.\\n\\nBest regards\\n",
};

static const char *const statuses[] = {"requested", "approved", "refused", "completed",
                                       "cancelled"};

static void write_texts(fixture_text *text, const char *key, const ofp_text *items, size_t count)
{
    fixture_write(text, "\"%s\": [", key);
    for (size_t i = 0; i < count; i++)
        fixture_write(text, "%s\"%.*s\"", i ? ", " : "", (int)items[i].size, items[i].data);
    fixture_write(text, "]");
}

static void write_description(fixture_text *text, size_t number, size_t size)
{
    const size_t count = sizeof sentences / sizeof *sentences, end = text->size + size;
    fixture_write(text, "\"description\": \"");
    for (size_t i = number; text->size < end; i++)
        fixture_write(text, "%s", sentences[i % count]);
    fixture_write(text, "\"");
}

static void write_ticket(const ofp_policy *policy, const ofp_request *request, size_t number,
                         size_t description_size, fixture_text *text)
{
    char created_at[OFP_INSTANT_SIZE];
    ofp_instant_format(request->created_at, created_at);
    fixture_write(text, "\"ticket\": {\"id\": \"T-%zu\", \"subject\": \"%s\", ", number,
                  subjects[number % (sizeof subjects / sizeof *subjects)]);
    write_description(text, number, description_size);
    if (request->priority != OFP_NONE)
        fixture_write(text, ", \"priority\": \"%s\"",
                      ofp_policy_priority_name(policy, request->priority));
    fixture_write(text, ", \"created_at\": \"%s\", ", created_at);
    write_texts(text, "tags", request->tags, request->tag_count);
    if (request->offering != OFP_NONE)
        fixture_write(text, ", \"offering\": \"%s\"",
                      ofp_policy_offering_name(policy, request->offering));
    if (request->field_count)
        fixture_write(text, ", \"fields\": {\"form\": \"%s\"}",
                      ofp_policy_value_name(policy, 0, request->fields[0].value));
    fixture_write(text, "}");
}

static void write_date(fixture_text *text, const char *key, int32_t date)
{
    char written[OFP_DATE_SIZE];
    if (date == OFP_DATE_NONE)
        return;
    ofp_date_format(date, written);
    fixture_write(text, ", \"%s\": \"%s\"", key, written);
}

static void write_entitlement(const ofp_policy *policy, const ofp_entitlement *entitlement,
                              entitlement_dates dates, fixture_text *text)
{
    fixture_write(text, "{\"offering\": \"%s\", \"level\": \"%s\"",
                  ofp_policy_offering_name(policy, entitlement->offering),
                  ofp_policy_level_name(policy, entitlement->level));
    write_date(text, "starts", dates.starts);
    write_date(text, "ends", dates.ends);
    fixture_write(text, "%s}", entitlement->hold ? ", \"hold\": true" : "");
}

static void write_migration(const ofp_policy *policy, const ofp_migration *migration,
                            fixture_text *text)
{
    fixture_write(text, "{\"id\": \"%.*s\", \"to\": \"%s\", \"level\": \"%s\"",
                  (int)migration->id.size, migration->id.data,
                  ofp_policy_offering_name(policy, migration->to),
                  ofp_policy_level_name(policy, migration->level));
    write_date(text, "target_date", migration->target_date);
    fixture_write(text, ", \"status\": \"%s\"}", statuses[migration->status]);
}

static void write_org(const ofp_policy *policy, const sample_request *sample, fixture_text *text)
{
    const ofp_request *request = &sample->request;
    fixture_write(text, ", \"org\": {\"id\": \"%.*s\", \"name\": \"%.*s\", ",
                  (int)request->org.size, request->org.data, (int)request->org_name.size,
                  request->org_name.data);
    write_texts(text, "tags", request->org_tags, request->org_tag_count);
    fixture_write(text, "}, \"entitlements\": [");
    for (size_t i = 0; i < request->entitlement_count; i++) {
        fixture_write(text, "%s", i ? ", " : "");
        write_entitlement(policy, &request->entitlements[i], sample->dates[i], text);
    }
    fixture_write(text, "], \"migrations\": [");
    for (size_t i = 0; i < request->migration_count; i++) {
        fixture_write(text, "%s", i ? ", " : "");
        write_migration(policy, &request->migrations[i], text);
    }
    fixture_write(text, "]");
}

void request_write_json(const ofp_policy *policy, const sample_request *sample, size_t number,
                        size_t size, fixture_text *text)
{
    /* What the rest takes, about; and how far a last sentence goes beyond. */
    enum { REST_WITH_ORG = 920, REST_ALONE = 330, EXCESS = 40 };
    const size_t rest = (sample->request.has_org ? REST_WITH_ORG : REST_ALONE) + EXCESS;
    char now[OFP_INSTANT_SIZE];
    ofp_instant_format(sample->request.now, now);
    fixture_write(text, "{\"now\": \"%s\", ", now);
    write_ticket(policy, &sample->request, number, size > rest ? size - rest : 0, text);
    if (sample->request.has_org)
        write_org(policy, sample, text);
    fixture_write(text, "}");
}
