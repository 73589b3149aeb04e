-- SPDX-License-Identifier: MIT
-- PCRE2 with its JIT, through LuaJIT's foreign functions.
local ffi = require "ffi"

ffi.cdef [[
void *pcre2_compile_8(const char *, size_t, uint32_t, int *, size_t *, void *);
int pcre2_jit_compile_8(void *, uint32_t);
void *pcre2_match_data_create_8(uint32_t, void *);
int pcre2_jit_match_8(const void *, const char *, size_t, size_t, uint32_t, void *, void *);
]]

local pcre2 = ffi.load "libpcre2-8.so.0"
local CASELESS, UCP, UTF, JIT_COMPLETE = 0x8, 0x20000, 0x80000, 1
local data = pcre2.pcre2_match_data_create_8(1, nil)

local function compile(pattern)
    local code_out, offset = ffi.new "int[1]", ffi.new "size_t[1]"
    local options = CASELESS + UCP + UTF
    local code = pcre2.pcre2_compile_8(pattern, #pattern, options, code_out, offset, nil)
    assert(code ~= nil and pcre2.pcre2_jit_compile_8(code, JIT_COMPLETE) == 0, pattern)
    return function(text)
        return pcre2.pcre2_jit_match_8(code, text, #text, 0, 0, data, nil) >= 0
    end
end

return {compile = compile}
