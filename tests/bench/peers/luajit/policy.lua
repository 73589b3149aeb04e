-- SPDX-License-Identifier: MIT
-- The contract's policy in Lua. `regex.compile` gives a function that tells whether a text matches.
local regex = require "regex"

local RANK = {free = 0, standard = 1, premium = 2, ultimate = 3}
local LEVELS = {[0] = "free", "standard", "premium", "ultimate"}
local OFFERINGS = {"self_managed", "saas", "dedicated"}
local LEVEL_TAGS = {
    self_managed = {"sm_standard", "sm_premium", "sm_ultimate"},
    saas = {"saas_standard", "saas_premium", "saas_ultimate"},
    dedicated = {false, false, "dedicated_ultimate"},
}
local FOCUS_TAGS = {
    self_managed = "focus_self_managed", saas = "focus_saas", dedicated = "focus_dedicated",
}
local POLICY_TAGS = {}
for _, offering in ipairs(OFFERINGS) do
    for rank = 1, 3 do
        local tag = LEVEL_TAGS[offering][rank]
        if tag then POLICY_TAGS[tag] = true end
    end
    POLICY_TAGS[FOCUS_TAGS[offering]] = true
end
local PATTERNS = {
    {"saas", 3, regex.compile [[\bcloud\.northwind\.example\b]]},
    {"saas", 2, regex.compile [[\bshared runners?\b]]},
    {"saas", 3, regex.compile [[\b(saas|northwind cloud)\b]]},
    {"self_managed", 3, regex.compile [[\bself[ -]?(managed|hosted)\b]]},
    {"self_managed", 3, regex.compile [[\bnorthwind-ctl\b]]},
    {"self_managed", 2, regex.compile [[/etc/northwind/\S+]]},
    {"dedicated", 4, regex.compile [[\bdedicated (instance|tenant)\b]]},
}
local DEDICATED_MINUTES = {low = 480, normal = 240, high = 60, urgent = 15}
local MINUTES = {low = 1440, normal = 480, high = 240, urgent = 30}

local function tell_by_patterns(ticket)
    local scores = {self_managed = 0, saas = 0, dedicated = 0}
    for _, pattern in ipairs(PATTERNS) do
        if pattern[3](ticket.subject) or pattern[3](ticket.description) then
            scores[pattern[1]] = scores[pattern[1]] + pattern[2]
        end
    end
    local best, next_best, offering = 0, 0, nil
    for _, name in ipairs(OFFERINGS) do
        local score = scores[name]
        if score > best then
            best, next_best, offering = score, best, name
        elseif score > next_best then
            next_best = score
        end
    end
    return best >= 3 and best - next_best >= 2 and offering or nil
end

local function tell_offering(ticket)
    if ticket.offering then return ticket.offering end
    if ticket.form == "cloud" then return "saas" end
    if ticket.form == "self_managed" then return "self_managed" end
    return tell_by_patterns(ticket)
end

local max = math.max

local function see_entitlement(e, now, about, s)
    local rank, here = RANK[e.level], e.offering == about
    if rank == 0 then return end
    if now < e.starts then
        if here and not e.hold then s.upcoming_here = true end
    elseif now >= e.ends then
        s.ended = true
        if here then s.ended_here = true end
    elseif e.hold then
        s.held = true
        if here then s.held_here = true end
    else
        s.active = max(s.active, rank)
        if here then s.active_here = max(s.active_here, rank) end
        local tag = LEVEL_TAGS[e.offering][rank]
        if tag then s.given[tag] = true end
    end
end

local function see_migration(m, now, about, s)
    local here = m.to == about
    if m.status == "completed" or m.status == "cancelled" or now >= m.forgotten then return end
    if m.status == "refused" then
        if here then s.refused_end = max(s.refused_end, m["end"]) end
    elseif m.status == "requested" then
        if here and now < m["end"] then s.open_here = true end
        if here and now >= m["end"] then s.missed_here = true end
    elseif now >= m["end"] then
        if here then s.expired_end = max(s.expired_end, m["end"]) end
    elseif s.active > 0 then
        local rank = RANK[m.level]
        if here then s.live_here = max(s.live_here, rank) end
        local tag = LEVEL_TAGS[m.to][rank]
        if tag then s.given[tag] = true end
    end
end

local function tell_verdict(org, about, s)
    if not org then return "unknown_org" end
    if not about then return "unsure" end
    if s.active_here > 0 then return "entitled" end
    if s.live_here > 0 then return "migration" end
    if s.held_here then return "on_hold" end
    if s.active > 0 then
        if s.upcoming_here then return "upcoming" end
        if s.open_here then return "migration_pending" end
        if s.refused_end > 0 and s.refused_end >= s.expired_end then return "migration_refused" end
        return s.expired_end > 0 and "migration_expired" or "migration_offer"
    end
    if s.held then return "on_hold" end
    if s.upcoming_here then return "upcoming" end
    return s.ended and "lapsed" or "unpaid"
end

local function tell_rank(verdict, s)
    if verdict == "entitled" or verdict == "migration" then return max(s.active_here, s.live_here) end
    if verdict == "unsure" then return s.active end
    if verdict == "upcoming" or verdict == "migration_pending"
        or verdict == "migration_offer" then
        local used = s.refused_end > 0 or s.expired_end > 0 or s.missed_here or s.ended_here
        return used and 0 or s.active
    end
    return 0
end

local function has(list, wanted)
    for i = 1, #list do
        if list[i] == wanted then return true end
    end
    return false
end

local function tell_first_reply(facts, about, rank)
    local ticket = facts.ticket
    if rank == 0 then return nil end
    if rank == 1 then return facts.org and has(facts.org.tags, "region_emea") and 540 or 1440 end
    if ticket.form == "emergency" then return 30 end
    return (rank == 3 and about == "dedicated" and DEDICATED_MINUTES or MINUTES)[ticket.priority]
end

local function tell_tags(ticket, verdict, about, rank, s, answer)
    local focus, wanted, kept = FOCUS_TAGS[about], nil, s.given
    if verdict == "entitled" or verdict == "migration" then
        wanted = LEVEL_TAGS[about][rank] or nil
        kept = {}
        if wanted then kept[wanted] = true end
    end
    kept[focus] = true
    local tags = ticket.tags
    for i = 1, #tags do
        local tag = tags[i]
        if POLICY_TAGS[tag] and not kept[tag] then answer.remove[#answer.remove + 1] = tag end
    end
    if wanted and not has(tags, wanted) then answer.add[1] = wanted end
    if not has(tags, focus) then answer.add[#answer.add + 1] = focus end
end

return function(facts)
    local s = {
        active = 0, active_here = 0, live_here = 0, refused_end = 0, expired_end = 0, given = {},
    }
    local now, about = facts.now, tell_offering(facts.ticket)
    for i = 1, #facts.entitlements do see_entitlement(facts.entitlements[i], now, about, s) end
    for i = 1, #facts.migrations do see_migration(facts.migrations[i], now, about, s) end
    local verdict = tell_verdict(facts.org, about, s)
    local rank = tell_rank(verdict, s)
    local answer = {
        verdict = verdict, level = LEVELS[rank], first_reply = tell_first_reply(facts, about, rank),
        add = {}, remove = {},
    }
    if verdict ~= "unknown_org" and verdict ~= "unsure" then
        tell_tags(facts.ticket, verdict, about, rank, s, answer)
    end
    return answer
end
