-- SPDX-License-Identifier: MIT
-- LuaJIT as a peer, see common/peer.h. Usage: luajit decide.lua POLICY_FOLDER FOLDER
local policy_folder, folder = arg[1], arg[2]
-- The defaults are too small for so many branches: it would throw its code away and start anew.
jit.opt.start("maxmcode=65536", "maxtrace=8000", "maxside=1000")
package.path = policy_folder .. "/?.lua;" .. package.path
local ffi = require "ffi"
local cjson = require "cjson"
local decide = require "policy"

ffi.cdef [[
struct timespec { long seconds, nanoseconds; };
int clock_gettime(int, struct timespec *);
]]
local MONOTONIC, CPU, LATENCY_PASSES = 1, 2, 3
local now = ffi.new "struct timespec"

local function clock(which)
    ffi.C.clock_gettime(which, now)
    return tonumber(now.seconds) * 1e9 + tonumber(now.nanoseconds)
end

-- cjson has a value of its own for null, which is true: make it nothing.
local function without_null(value)
    for key, member in pairs(value) do
        if member == cjson.null then
            value[key] = nil
        elseif type(member) == "table" then
            without_null(member)
        end
    end
    return value
end

local lines, facts = {}, {}
for line in io.lines(folder .. "/facts.ndjson") do
    lines[#lines + 1] = line
    facts[#facts + 1] = without_null(cjson.decode(line))
end


local answers = {
    native = function(i) return decide(facts[i]) end,
    json = function(i)
        local read = cjson.decode(lines[i])
        if read.org == cjson.null then read.org = nil end
        if read.ticket.offering == cjson.null then read.ticket.offering = nil end
        return cjson.encode(decide(read))
    end,
}

local kept -- the last answer, so that none is left out

local commands = {}

function commands.round(answer, passes)
    local start = clock(CPU)
    for _ = 1, tonumber(passes) do
        for i = 1, #facts do kept = answer(i) end
    end
    return ("%.9f"):format((clock(CPU) - start) / 1e9)
end

function commands.latency(answer)
    local least = {}
    for _ = 1, LATENCY_PASSES do
        for i = 1, #facts do
            local start = clock(MONOTONIC)
            kept = answer(i)
            local taken = clock(MONOTONIC) - start
            least[i] = math.min(least[i] or taken, taken)
        end
    end
    return table.concat(least, " ")
end

function commands.answers(answer, path)
    local file = assert(io.open(path, "w"))
    for i = 1, #facts do
        local given = answer(i)
        file:write(type(given) == "string" and given or cjson.encode(given), "\n")
    end
    file:close()
    return "done"
end

local function say(text)
    print(text)
    io.flush()
end

say(('{"name": "LuaJIT", "version": "%s", "modes": ["native", "json"]}'):format(jit.version))
for line in io.lines() do
    local verb, mode, rest = line:match "^(%S+) (%S+) ?(.*)$"
    say(commands[verb](answers[mode], rest))
end
