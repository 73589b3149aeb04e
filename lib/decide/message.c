/* SPDX-License-Identifier: MIT */
/* Texts and keys of the actions that speak to people. */
#include <sha256.h>

#include "buffer.h"
#include "decision_state.h"
#include "failure.h"

static bool is_active_for(const ofp_decision *decision, size_t offering)
{
    const ofp_request *request = decision->request;
    for (size_t i = 0; i < request->entitlement_count; i++) {
        if ((size_t)request->entitlements[i].offering == offering &&
            decision->entitlement_states[i] == OFP_ENTITLEMENT_ACTIVE)
            return true;
    }
    return false;
}

/*
 * The titles of the offerings with active entitlements as one text, "a, b"; without any, a text
 * that is not there. Mostly there is one, which needs no memory.
 */
static ofp_text join_current_offerings(const ofp_decision *decision, ofp_buffer *buffer)
{
    const ofp_policy *policy = decision->policy;
    ofp_text joined = {0};
    for (size_t offering = 0; offering < policy->offering_names.count; offering++) {
        if (!is_active_for(decision, offering))
            continue;
        const ofp_text title = ofp_text_of(policy->offerings[offering].title);
        if (!joined.data) {
            joined = title;
            continue;
        }
        if (buffer->size == 0)
            ofp_buffer_put_text(buffer, joined);
        ofp_buffer_puts(buffer, ", ");
        ofp_buffer_put_text(buffer, title);
        joined = ofp_buffer_text(buffer);
    }
    return joined;
}

static ofp_text current_level(const ofp_decision *decision)
{
    int32_t highest = OFP_NONE;
    for (size_t i = 0; i < decision->request->entitlement_count; i++) {
        const int32_t level = decision->request->entitlements[i].level;
        if (decision->entitlement_states[i] == OFP_ENTITLEMENT_ACTIVE && level > highest)
            highest = level;
    }
    return ofp_text_of(ofp_policy_level_name(decision->policy, highest));
}

/* The migration's values; for a verdict that none gives, the level is the decided one. */
static void set_migration_values(const ofp_decision *decision, ofp_text *values,
                                 char date[OFP_DATE_SIZE])
{
    int32_t level = decision->level;
    if (decision->migration != OFP_NONE) {
        const ofp_migration *migration = &decision->request->migrations[decision->migration];
        level = migration->level;
        ofp_date_format(migration->target_date, date);
        values[OFP_PLACEHOLDER_TARGET_DATE] = ofp_text_of(date);
        values[OFP_PLACEHOLDER_MIGRATION] = migration->id;
    }
    values[OFP_PLACEHOLDER_LEVEL] = ofp_text_of(ofp_policy_level_name(decision->policy, level));
}

static const ofp_template *find_template(const ofp_decision *decision, ofp_action_kind kind)
{
    const ofp_migration_rules *rules = &decision->policy->migration;
    return kind == OFP_ACTION_PUBLIC_REPLY ? &rules->ask_customer
                                           : &rules->internal_note[decision->verdict];
}

static bool has_text(const ofp_decision *decision, size_t index)
{
    return index < decision->action_count && decision->actions[index].tag == OFP_NONE;
}

ofp_status ofp_decision_action_text(const ofp_decision *decision, size_t index, ofp_buffer *buffer,
                                    ofp_error **reterr)
{
    if (!has_text(decision, index))
        return ofp_succeed(reterr);
    const ofp_policy *policy = decision->policy;
    const size_t mark = buffer->size;
    ofp_buffer current = {0};
    char date[OFP_DATE_SIZE];
    ofp_text values[OFP_PLACEHOLDER_COUNT] = {
        [OFP_PLACEHOLDER_TICKET] = decision->request->ticket,
        [OFP_PLACEHOLDER_ORG] = ofp_decision_org(decision),
        [OFP_PLACEHOLDER_ORG_NAME] = ofp_decision_org_name(decision),
        [OFP_PLACEHOLDER_OFFERING] =
            ofp_text_of(ofp_policy_offering_title(policy, decision->offering)),
        [OFP_PLACEHOLDER_CURRENT_OFFERING] = join_current_offerings(decision, &current),
        [OFP_PLACEHOLDER_CURRENT_LEVEL] = current_level(decision),
        [OFP_PLACEHOLDER_PRIORITY] =
            ofp_text_of(ofp_policy_priority_name(policy, decision->priority)),
    };
    set_migration_values(decision, values, date);
    ofp_template_render(find_template(decision, decision->actions[index].kind), values, buffer);
    buffer->failed |= current.failed;
    ofp_buffer_release(&current);
    return ofp_buffer_check(buffer, mark, reterr);
}

/* What is hashed, gathered in larger pieces. */
typedef struct hasher {
    SHA2_CTX hash;
    size_t gathered;
    char bytes[256];
} hasher;

static void hash_gathered(hasher *hash)
{
    SHA256Update(&hash->hash, (const uint8_t *)hash->bytes, hash->gathered);
    hash->gathered = 0;
}

static void gather(hasher *hash, const char *bytes, size_t size)
{
    if (size > sizeof hash->bytes - hash->gathered)
        hash_gathered(hash);
    if (size > sizeof hash->bytes) {
        SHA256Update(&hash->hash, (const uint8_t *)bytes, size);
        return;
    }
    memcpy(hash->bytes + hash->gathered, bytes, size);
    hash->gathered += size;
}

/* One part of what is hashed, as a netstring ("4:saas,"), so that no two lists look the same; a
 * part that is not there is "-,". */
static void hash_part(hasher *hash, ofp_text part)
{
    char size[24];
    char *digit = size + sizeof size;
    if (!part.data) {
        gather(hash, "-,", 2);
        return;
    }
    *--digit = ':';
    for (size_t rest = part.size; rest || *digit == ':'; rest /= 10)
        *--digit = (char)('0' + rest % 10);
    gather(hash, digit, (size_t)(size + sizeof size - digit));
    gather(hash, part.data, part.size);
    gather(hash, ",", 1);
}

static void hash_intention(const ofp_decision *decision, ofp_action_kind kind, hasher *hash)
{
    const ofp_policy *policy = decision->policy;
    ofp_text id = {0};
    char date[OFP_DATE_SIZE];
    const char *target_date = NULL;
    if (decision->migration != OFP_NONE) {
        const ofp_migration *migration = &decision->request->migrations[decision->migration];
        id = migration->id;
        ofp_date_format(migration->target_date, date);
        target_date = date;
    }
    hash_part(hash, decision->request->ticket);
    hash_part(hash,
              ofp_text_of(kind == OFP_ACTION_PUBLIC_REPLY ? "ask_customer" : "internal_note"));
    hash_part(hash, ofp_text_of(ofp_verdict_name(decision->verdict)));
    hash_part(hash, ofp_decision_org(decision));
    hash_part(hash, ofp_text_of(ofp_policy_offering_name(policy, decision->offering)));
    hash_part(hash, ofp_text_of(ofp_policy_level_name(policy, decision->level)));
    hash_part(hash, id);
    hash_part(hash, ofp_text_of(target_date));
    hash_gathered(hash);
}

void ofp_decision_action_key(const ofp_decision *decision, size_t index, char ret[OFP_KEY_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    /* Half of the hash: 128 bits are more than enough to tell intentions apart. */
    enum { KEY_BYTES = 16 };
    uint8_t hashed[SHA256_DIGEST_LENGTH];
    hasher hash = {.gathered = 0};
    ret[0] = '\0';
    if (!has_text(decision, index))
        return;
    SHA256Init(&hash.hash);
    hash_intention(decision, decision->actions[index].kind, &hash);
    SHA256Final(hashed, &hash.hash);
    memcpy(ret, "v1:", 3);
    for (int i = 0; i < KEY_BYTES; i++) {
        ret[3 + 2 * i] = digits[hashed[i] >> 4];
        ret[4 + 2 * i] = digits[hashed[i] & 15];
    }
    ret[3 + 2 * KEY_BYTES] = '\0';
}
