/* SPDX-License-Identifier: MIT */
#include "step_key.h"

void ofp_step_hash(const ofp_step *step, uint8_t ret[OFP_SHA256_SIZE])
{
    char date[OFP_DATE_SIZE];
    const bool has_date = step->target_date != OFP_DATE_NONE;
    if (has_date)
        ofp_date_format(step->target_date, date);
    const ofp_text parts[] = {
        ofp_text_of(ofp_step_kind_name(step->kind)),
        step->migration,
        step->actor,
        step->role,
        step->reason,
        step->org,
        step->from,
        step->to,
        step->level,
        ofp_text_of(has_date ? date : NULL),
        step->owner,
        step->evidence,
        ofp_text_of(ofp_outcome_name(step->outcome)),
    };
    ofp_hasher hasher;
    ofp_hasher_start(&hasher);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        ofp_hasher_part(&hasher, parts[i]);
    ofp_hasher_finish(&hasher, ret);
}

void ofp_step_derive_key(const ofp_step *step, const uint8_t command[OFP_SHA256_SIZE],
                         int64_t number, char ret[OFP_KEY_SIZE])
{
    char hex[2 * OFP_SHA256_SIZE + 1];
    ofp_hasher hasher;
    ofp_hex(command, OFP_SHA256_SIZE, hex);
    ofp_hasher_start(&hasher);
    ofp_hasher_part(&hasher, ofp_text_of("step"));
    ofp_hasher_part(&hasher, ofp_text_of(ofp_step_kind_name(step->kind)));
    if (step->kind == OFP_STEP_REQUEST) {
        ofp_hasher_part(&hasher, step->org);
        ofp_hasher_part(&hasher, step->to);
    } else {
        ofp_hasher_part(&hasher, step->migration);
    }
    ofp_hasher_number(&hasher, number);
    ofp_hasher_part(&hasher, ofp_text_of(hex));
    ofp_hasher_finish_key(&hasher, ret);
}
