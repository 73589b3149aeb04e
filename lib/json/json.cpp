// SPDX-License-Identifier: MIT
// simdjson, seen from C: a document becomes a tree, and the tree becomes a reader's events.
#include <offerpolicy/json.h>

#include <cstring>
#include <memory>
#include <new>

#include <simdjson.h>

#include "json_mistake.h"

namespace dom = simdjson::dom;
using simdjson::error_code;

namespace
{
constexpr std::size_t depth_limit = 16;
constexpr std::size_t least_capacity = std::size_t(64) << 10;
// Memory for longer documents is given back as soon as a shorter one comes.
constexpr std::size_t kept_capacity = std::size_t(1) << 20;
} // namespace

struct ofp_json {
    ofp_reader *reader;
    std::unique_ptr<dom::parser> parser; // none: `capacity` is 0
    std::unique_ptr<char[]> padded;      // the document, and what simdjson may read behind it
    std::size_t capacity;                // of both, in bytes of a document
};

namespace
{

std::size_t capacity_for(std::size_t size)
{
    std::size_t capacity = least_capacity;
    while (capacity < size)
        capacity *= 2;
    return capacity;
}

// A parser that failed to grow is in no state to be used: so each capacity gets a new one.
bool reserve(ofp_json *json, std::size_t size)
{
    const bool too_large = json->capacity > kept_capacity && size <= kept_capacity;
    if (json->parser && size <= json->capacity && !too_large)
        return true;
    json->parser.reset();
    json->padded.reset();
    json->capacity = 0;
    const std::size_t capacity = capacity_for(size);
    std::unique_ptr<char[]> padded(new (std::nothrow) char[capacity + simdjson::SIMDJSON_PADDING]);
    std::unique_ptr<dom::parser> parser(new (std::nothrow) dom::parser(capacity));
    // simdjson would make both of them large enough, but only just, and so again and again.
    if (!padded || !parser || parser->allocate(capacity, depth_limit + 1) ||
        parser->doc.allocate(capacity))
        return false;
    json->padded = std::move(padded);
    json->parser = std::move(parser);
    json->capacity = capacity;
    return true;
}

ofp_text text_of(std::string_view view)
{
    return {view.data(), view.size()};
}

ofp_status walk(ofp_reader *reader, dom::element value);

ofp_status walk_object(ofp_reader *reader, const dom::object &object)
{
    ofp_status status = ofp_reader_begin_object(reader);
    for (auto at = object.begin(); !status && at != object.end(); ++at) {
        status = ofp_reader_key(reader, text_of(at.key()));
        if (!status)
            status = walk(reader, at.value());
    }
    return status ? status : ofp_reader_end_object(reader);
}

ofp_status walk_list(ofp_reader *reader, const dom::array &list)
{
    ofp_status status = ofp_reader_begin_list(reader);
    for (auto at = list.begin(); !status && at != list.end(); ++at)
        status = walk(reader, *at);
    return status ? status : ofp_reader_end_list(reader);
}

// Tells the reader what stands in a value; never deeper than the parser's limit.
ofp_status walk(ofp_reader *reader, dom::element value)
{
    switch (value.type()) {
    case dom::element_type::OBJECT:
        return walk_object(reader, value.get_object().value_unsafe());
    case dom::element_type::ARRAY:
        return walk_list(reader, value.get_array().value_unsafe());
    case dom::element_type::STRING:
        return ofp_reader_string(reader, text_of(value.get_string().value_unsafe()));
    case dom::element_type::INT64:
        return ofp_reader_integer(reader, value.get_int64().value_unsafe());
    case dom::element_type::BOOL:
        return ofp_reader_boolean(reader, value.get_bool().value_unsafe());
    case dom::element_type::NULL_VALUE:
        return ofp_reader_null(reader);
    default:
        return ofp_reader_other_number(reader);
    }
}

ofp_status refuse(ofp_reader *reader, ofp_text document, error_code error)
{
    char message[OFP_JSON_MESSAGE_SIZE];
    switch (error) {
    case simdjson::MEMALLOC:
        return ofp_reader_fail(reader, OFP_CODE_NO_MEMORY, "");
    case simdjson::EMPTY:
        return ofp_reader_fail(reader, OFP_CODE_JSON_SYNTAX, "the document is empty");
    case simdjson::DEPTH_ERROR:
        return ofp_reader_fail(reader, OFP_CODE_NESTING,
                               "the document is nested too deeply: at most 16 levels are allowed");
    default:
        break;
    }
    // What simdjson refuses although it is JSON are numbers that fit into no type. Nobody looks for
    // the place in a document that is nested without end.
    const char *told = message;
    if (!ofp_json_find_mistake(document, message))
        told = error == simdjson::NUMBER_ERROR ? "a number is too large"
                                               : simdjson::error_message(error);
    const bool utf8 = error == simdjson::UTF8_ERROR;
    return ofp_reader_fail(reader, utf8 ? OFP_CODE_INVALID_UTF8 : OFP_CODE_JSON_SYNTAX, told);
}

// Reads a document into the reader, which keeps what failed.
void read(ofp_json *json, ofp_text document)
{
    if (document.size > OFP_JSON_LIMIT) {
        ofp_reader_fail(json->reader, OFP_CODE_DOCUMENT_TOO_LARGE,
                        "the document is too long: at most 16 MiB are read");
        return;
    }
    if (!reserve(json, document.size)) {
        ofp_reader_fail(json->reader, OFP_CODE_NO_MEMORY, "");
        return;
    }
    if (document.size)
        std::memcpy(json->padded.get(), document.data, document.size);
    std::memset(json->padded.get() + document.size, ' ', simdjson::SIMDJSON_PADDING);
    dom::element root;
    const error_code error =
        json->parser->parse(json->padded.get(), document.size, false).get(root);
    if (error)
        refuse(json->reader, document, error);
    else
        walk(json->reader, root);
}

} // namespace

extern "C" {

ofp_status ofp_json_new(ofp_json **ret, ofp_error **reterr)
{
    ofp_reader *reader;
    const ofp_status status = ofp_reader_new(&reader, reterr);
    if (status)
        return status;
    ofp_json *json = new (std::nothrow) ofp_json{reader, nullptr, nullptr, 0};
    if (!json) {
        // Only the core makes errors: let its reader fail for want of memory.
        const ofp_request *none;
        ofp_reader_begin_request(reader, nullptr, OFP_INSTANT_NONE);
        ofp_reader_fail(reader, OFP_CODE_NO_MEMORY, "");
        const ofp_status failure = ofp_reader_finish_request(reader, &none, reterr);
        ofp_reader_free(reader);
        return failure;
    }
    *ret = json;
    return status;
}

ofp_json *ofp_json_free(ofp_json *json)
{
    if (json)
        ofp_reader_free(json->reader);
    delete json;
    return nullptr;
}

ofp_status ofp_json_read_request(ofp_json *json, const ofp_policy *policy, ofp_text document,
                                 int64_t now, const ofp_request **ret, ofp_error **reterr)
{
    ofp_reader_begin_request(json->reader, policy, now);
    read(json, document);
    return ofp_reader_finish_request(json->reader, ret, reterr);
}

ofp_status ofp_json_read_facts(ofp_json *json, const ofp_policy *policy, ofp_text document,
                               const ofp_request **ret, ofp_error **reterr)
{
    ofp_reader_begin_facts(json->reader, policy);
    read(json, document);
    return ofp_reader_finish_facts(json->reader, ret, reterr);
}

ofp_status ofp_json_read_question(ofp_json *json, const ofp_policy *policy, ofp_text document,
                                  const ofp_question **ret, ofp_error **reterr)
{
    ofp_reader_begin_question(json->reader, policy);
    read(json, document);
    return ofp_reader_finish_question(json->reader, ret, reterr);
}

} // extern "C"
