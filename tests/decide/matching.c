/* SPDX-License-Identifier: MIT */
#include "matching.h"

static int given = MATCHING_AS_USUAL;

/* As PCRE2 declares the functions that are wrapped. */
int __real_pcre2_match_8(const pcre2_code *, PCRE2_SPTR, size_t, size_t, uint32_t,
                         pcre2_match_data *, pcre2_match_context *);
int __real_pcre2_jit_match_8(const pcre2_code *, PCRE2_SPTR, size_t, size_t, uint32_t,
                             pcre2_match_data *, pcre2_match_context *);
int __wrap_pcre2_match_8(const pcre2_code *, PCRE2_SPTR, size_t, size_t, uint32_t,
                         pcre2_match_data *, pcre2_match_context *);
int __wrap_pcre2_jit_match_8(const pcre2_code *, PCRE2_SPTR, size_t, size_t, uint32_t,
                             pcre2_match_data *, pcre2_match_context *);

void set_matching_result(int result)
{
    given = result;
}

int __wrap_pcre2_match_8(const pcre2_code *code, PCRE2_SPTR subject, size_t size, size_t start,
                         uint32_t options, pcre2_match_data *data, pcre2_match_context *context)
{
    if (given != MATCHING_AS_USUAL)
        return given;
    return __real_pcre2_match_8(code, subject, size, start, options, data, context);
}

int __wrap_pcre2_jit_match_8(const pcre2_code *code, PCRE2_SPTR subject, size_t size, size_t start,
                             uint32_t options, pcre2_match_data *data, pcre2_match_context *context)
{
    if (given != MATCHING_AS_USUAL)
        return given;
    return __real_pcre2_jit_match_8(code, subject, size, start, options, data, context);
}
