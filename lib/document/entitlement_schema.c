/* SPDX-License-Identifier: MIT */
/* What an entitlement looks like in a request document. */
#include "array.h"
#include "failure.h"
#include "moment.h"
#include "reader_state.h"
#include "span.h"
#include "tables.h"

static void *begin_entitlement(ofp_reader *reader)
{
    ofp_entitlement_list *list = &reader->entitlements;
    if (!OFP_ARRAY_GROW(list))
        return NULL;
    reader->starts = reader->ends = (ofp_text){0};
    list->items[list->count] =
        (ofp_entitlement){.starts = OFP_INSTANT_NONE, .ends = OFP_INSTANT_NONE};
    return &list->items[list->count++];
}

static bool is_date(ofp_text bound)
{
    return bound.size == OFP_DATE_SIZE - 1;
}

static ofp_status end_entitlement(ofp_reader *reader, void *target)
{
    const ofp_entitlement *entitlement = target;
    const ofp_text starts = reader->starts, ends = reader->ends;
    if (!starts.data || !ends.data)
        return OFP_STATUS_OK;
    /* An end on the date of the start is none before it. Dates sort like their texts. */
    const bool dates = is_date(starts) && is_date(ends);
    if (dates ? ofp_span_compare(ends, starts) >= 0 : entitlement->ends >= entitlement->starts)
        return OFP_STATUS_OK;
    reader->frame->key = OFP_LITERAL("ends");
    return ofp_reader_mistake(reader, OFP_CODE_ENDS_BEFORE_STARTS,
                              "the entitlement ends (%s) before it starts (%s)",
                              ofp_quote(ends).text, ofp_quote(starts).text);
}

/*
 * Reads a date or an instant.
 * @param day what a date means: the start of that many days after it
 */
static ofp_status read_bound(ofp_reader *reader, ofp_text text, int32_t day, int64_t *ret)
{
    int32_t date;
    const ofp_code code = is_date(text) ? ofp_date_scan(text, &date) : ofp_instant_scan(text, ret);
    if (code == OFP_CODE_INVALID_REQUEST_DATE || code == OFP_CODE_INVALID_INSTANT)
        return ofp_reader_mistake(
            reader, code,
            "\"%s\" is neither a date like 2026-11-20 nor an instant like 2026-11-20T18:00:00Z",
            ofp_quote(text).text);
    if (code)
        return ofp_reader_mistake(reader, code, "\"%s\" %s", ofp_quote(text).text,
                                  ofp_moment_problem(code));
    if (is_date(text))
        *ret = ofp_policy_date_start(reader->policy, date + day);
    return OFP_STATUS_OK;
}

static ofp_status take_starts(ofp_reader *reader, const ofp_slot *slot, void *target, ofp_text text)
{
    (void)slot;
    reader->starts = text;
    return read_bound(reader, text, 0, &((ofp_entitlement *)target)->starts);
}

static ofp_status take_ends(ofp_reader *reader, const ofp_slot *slot, void *target, ofp_text text)
{
    (void)slot;
    reader->ends = text;
    return read_bound(reader, text, 1, &((ofp_entitlement *)target)->ends);
}

static const ofp_slot slots[] = {
    {OFP_SLOT_KEY("offering"), OFP_SLOT_NAME("offering", offering_names),
     OFP_SLOT_INTO(ofp_entitlement, offering)},
    {OFP_SLOT_KEY("level"), OFP_SLOT_NAME("level", levels), OFP_SLOT_INTO(ofp_entitlement, level)},
    {OFP_SLOT_KEY("starts"), OFP_SLOT_TEXT(take_starts, OFP_NAME_LIMIT)},
    {OFP_SLOT_KEY("ends"), OFP_SLOT_TEXT(take_ends, OFP_NAME_LIMIT)},
    {OFP_SLOT_KEY("hold"), .type = OFP_TYPE_BOOLEAN, OFP_SLOT_INTO(ofp_entitlement, hold)},
};

static const ofp_object entitlement_object = {
    .slots = slots,
    .slot_count = OFP_SLOT_COUNT(slots),
    .required_count = 2,
    .begin = begin_entitlement,
    .end = end_entitlement,
};

const ofp_slot ofp_entitlement_slot = {OFP_SLOT_OBJECT(&entitlement_object)};
