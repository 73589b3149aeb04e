// SPDX-License-Identifier: MIT
#include "facts.h"

#include <simdjson.h>

#include <cstring>
#include <vector>

#include "bench.h"
#include "fixture.h"
#include "peer.h"

using simdjson::dom::array;
using simdjson::dom::element;

struct facts_parser {
    simdjson::dom::parser parser;
    bool keep = false; // copy texts, so that they outlive the next document
};

namespace
{

const std::vector<std::string_view> offering_names = {"self_managed", "saas", "dedicated"};
const std::vector<std::string_view> level_names = {"free", "standard", "premium", "ultimate"};
const std::vector<std::string_view> priority_names = {"low", "normal", "high", "urgent"};
const std::vector<std::string_view> form_names = {"cloud", "self_managed", "emergency", "billing",
                                                  "general"};
const std::vector<std::string_view> status_names = {"requested", "approved", "refused", "completed",
                                                    "cancelled"};

int32_t find(const std::vector<std::string_view> &names, element value)
{
    if (value.is_null())
        return OFP_NONE;
    const std::string_view name = value;
    for (size_t i = 0; i < names.size(); i++) {
        if (names[i] == name)
            return int32_t(i);
    }
    bench_require(false, "unknown name: %.*s", int(name.size()), name.data());
    return OFP_NONE;
}

ofp_text text_of(const facts_parser &parser, element value)
{
    const std::string_view text = value;
    const char *data = parser.keep ? strndup(text.data(), text.size()) : text.data();
    bench_require(data != nullptr, "out of memory");
    return {data, text.size()};
}

size_t read_texts(const facts_parser &parser, array list, ofp_text *ret, size_t capacity)
{
    size_t count = 0;
    for (element item : list) {
        bench_require(count < capacity, "too many tags");
        ret[count++] = text_of(parser, item);
    }
    return count;
}

void read_ticket(const facts_parser &parser, element ticket, facts *ret)
{
    ofp_request &request = ret->request;
    request.ticket = text_of(parser, ticket["id"]);
    request.subject = text_of(parser, ticket["subject"]);
    request.description = text_of(parser, ticket["description"]);
    request.priority = find(priority_names, ticket["priority"]);
    request.offering = find(offering_names, ticket["offering"]);
    request.created_at = ticket["created_at"];
    request.tag_count = read_texts(parser, ticket["tags"], ret->tags, FACTS_TAGS);
    request.tags = ret->tags;
    ret->form = {0, find(form_names, ticket["form"])};
    request.fields = &ret->form;
    request.field_count = ret->form.value != OFP_NONE;
}

void read_entitlement(element from, ofp_entitlement *ret)
{
    const int64_t starts = from["starts"], ends = from["ends"];
    ret->offering = find(offering_names, from["offering"]);
    ret->level = find(level_names, from["level"]);
    ret->starts = starts == 0 ? OFP_INSTANT_NONE : starts;
    ret->ends = ends >= OFP_INSTANT_END ? OFP_INSTANT_NONE : ends;
    ret->hold = from["hold"];
}

void read_migration(const facts_parser &parser, element from, ofp_migration *ret)
{
    ofp_date_parse(text_of(parser, from["target_date"]), &ret->target_date, nullptr);
    ret->id = text_of(parser, from["id"]);
    ret->to = find(offering_names, from["to"]);
    ret->level = find(level_names, from["level"]);
    ret->status = ofp_migration_status(find(status_names, from["status"]));
    ret->end = from["end"];
    ret->forgotten = from["forgotten"];
}

void read_org(const facts_parser &parser, element document, facts *ret)
{
    ofp_request &request = ret->request;
    const element org = document["org"];
    request.has_org = true;
    request.org = text_of(parser, org["id"]);
    request.org_tag_count = read_texts(parser, org["tags"], ret->org_tags, FACTS_ORG_TAGS);
    request.org_tags = ret->org_tags;
    for (element item : array(document["entitlements"])) {
        bench_require(request.entitlement_count < FACTS_ENTITLEMENTS, "too many entitlements");
        read_entitlement(item, &ret->entitlements[request.entitlement_count++]);
    }
    for (element item : array(document["migrations"])) {
        bench_require(request.migration_count < FACTS_MIGRATIONS, "too many migrations");
        read_migration(parser, item, &ret->migrations[request.migration_count++]);
    }
    request.entitlements = ret->entitlements;
    request.migrations = ret->migrations;
}

} // namespace

facts_parser *facts_parser_new()
{
    return new facts_parser;
}

void facts_parser_free(facts_parser *parser)
{
    delete parser;
}

void facts_read(facts_parser *parser, ofp_text line, facts *ret)
{
    try {
        const element document = parser->parser.parse(line.data, line.size, false);
        ret->request = ofp_request();
        ret->request.size = sizeof ret->request;
        ret->request.classified_as = OFP_NONE;
        ret->request.now = document["now"];
        read_ticket(*parser, document["ticket"], ret);
        if (!document["org"].is_null())
            read_org(*parser, document, ret);
    } catch (const simdjson::simdjson_error &error) {
        bench_require(false, "simdjson: %s", error.what());
    }
}

facts *facts_read_all(const char *path, size_t *retcount)
{
    lines read = lines_read(path);
    facts *all = static_cast<facts *>(fixture_alloc(read.count, sizeof *all));
    facts_parser parser;
    parser.keep = true;
    for (size_t i = 0; i < read.count; i++)
        facts_read(&parser, read.lines[i], &all[i]);
    *retcount = read.count;
    lines_free(&read);
    return all;
}
