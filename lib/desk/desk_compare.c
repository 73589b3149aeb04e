/* SPDX-License-Identifier: MIT */
#include "desk_state.h"

#include "decision_json.h"
#include "ledger.h"
#include "span.h"

ofp_status ofp_desk_compare(ofp_desk *desk, const ofp_logged_decision *logged,
                            const ofp_decision *decision, ofp_buffer *buffer, bool *retsame,
                            ofp_error **reterr)
{
    const size_t mark = buffer->size;
    ofp_buffer_clear(&desk->document);
    ofp_status status = ofp_decision_write_log_json(decision, &desk->document, reterr);
    if (!status)
        status = ofp_store_begin_read(desk->store, reterr);
    if (status)
        return status;
    status = ofp_ledger_compare(desk->store, logged->decision, ofp_buffer_text(&desk->document),
                                buffer, reterr);
    status = ofp_store_finish(desk->store, status, reterr);
    if (status)
        buffer->size = mark;
    else
        *retsame =
            ofp_span_equal((ofp_text){buffer->data + mark, buffer->size - mark}, OFP_LITERAL("{}"));
    return status;
}
