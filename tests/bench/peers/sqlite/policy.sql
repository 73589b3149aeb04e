-- SPDX-License-Identifier: MIT
-- The contract's policy as one query. `request`, `ticket_tag`, `org_tag`, `entitlement` and
-- `migration` come from tables.sql or json.sql; `regexp` is a function of the host (PCRE2, JIT).
score AS (
    SELECT pattern.offering, sum(weight) AS score
    FROM request, pattern
    WHERE request.subject REGEXP regex OR request.description REGEXP regex
    GROUP BY pattern.offering
),
leader AS (
    SELECT offering, score - ifnull(lead(score) OVER (ORDER BY score DESC), 0) AS margin, score
    FROM score ORDER BY score DESC LIMIT 1
),
t AS MATERIALIZED (
    SELECT *,
        CASE
            WHEN offering IS NOT NULL THEN offering
            WHEN form = 'cloud' THEN 'saas'
            WHEN form = 'self_managed' THEN 'self_managed'
            ELSE (SELECT leader.offering FROM leader WHERE score >= 3 AND margin >= 2)
        END AS about
    FROM request
),
paid AS MATERIALIZED (
    SELECT e.offering, e.rank, e.offering = t.about AS here,
        CASE
            WHEN t.now < e.starts THEN iif(e.hold, 'later', 'upcoming')
            WHEN t.now >= e.ends THEN 'ended'
            ELSE iif(e.hold, 'held', 'active')
        END AS state
    FROM entitlement e, t WHERE e.rank > 0
),
owned AS MATERIALIZED (
    SELECT max(rank) FILTER (WHERE state = 'active') AS active,
        max(rank) FILTER (WHERE state = 'active' AND here) AS active_here,
        max(state = 'held') AS held, max(state = 'held' AND here) AS held_here,
        max(state = 'upcoming' AND here) AS upcoming_here,
        max(state = 'ended') AS ended, max(state = 'ended' AND here) AS ended_here
    FROM paid
),
moving AS MATERIALIZED (
    SELECT m.offering, m.rank, m.end, m.offering = t.about AS here,
        CASE
            WHEN m.status = 'refused' THEN 'refused'
            WHEN m.status = 'approved' THEN iif(t.now < m.end, 'live', 'expired')
            WHEN t.now < m.end THEN 'open'
            ELSE 'missed'
        END AS state
    FROM migration m, t
    WHERE m.status IN ('requested', 'approved', 'refused') AND t.now < m.forgotten
),
moved AS MATERIALIZED (
    SELECT max(rank) FILTER (WHERE state = 'live') AS live_here,
        max(end) FILTER (WHERE state = 'refused') AS refused_end,
        max(end) FILTER (WHERE state = 'expired') AS expired_end,
        max(state = 'open') AS open_here,
        max(state IN ('refused', 'expired', 'missed')) AS remembered_here
    FROM moving WHERE here
),
judged AS MATERIALIZED (
    SELECT *,
        CASE
            WHEN NOT has_org THEN 'unknown_org'
            WHEN about IS NULL THEN 'unsure'
            WHEN active_here THEN 'entitled'
            WHEN live_here AND active THEN 'migration'
            WHEN held_here THEN 'on_hold'
            WHEN upcoming_here AND active THEN 'upcoming'
            WHEN open_here AND active THEN 'migration_pending'
            WHEN refused_end >= ifnull(expired_end, 0) AND active THEN 'migration_refused'
            WHEN expired_end AND active THEN 'migration_expired'
            WHEN active THEN 'migration_offer'
            WHEN held THEN 'on_hold'
            WHEN upcoming_here THEN 'upcoming'
            WHEN ended THEN 'lapsed'
            ELSE 'unpaid'
        END AS verdict
    FROM t, owned, moved
),
levelled AS MATERIALIZED (
    SELECT *,
        CASE
            WHEN verdict IN ('entitled', 'migration')
                THEN max(ifnull(active_here, 0), iif(active, ifnull(live_here, 0), 0))
            WHEN verdict = 'unsure' THEN ifnull(active, 0)
            WHEN verdict IN ('upcoming', 'migration_pending', 'migration_offer')
                AND NOT ifnull(remembered_here, 0) AND NOT ended_here THEN ifnull(active, 0)
            ELSE 0
        END AS rank
    FROM judged
),
kept AS MATERIALIZED (
    SELECT p.position, p.tag, p.kind = 'focus' OR verdict IN ('entitled', 'migration') AS wanted
    FROM levelled l, policy_tag p
    WHERE CASE
        WHEN p.kind = 'focus' THEN p.offering = about
        WHEN verdict IN ('entitled', 'migration') THEN p.offering = about AND p.rank = l.rank
        ELSE EXISTS (SELECT 1 FROM paid WHERE state = 'active' AND offering = p.offering AND rank = p.rank)
            OR active AND EXISTS
                (SELECT 1 FROM moving WHERE state = 'live' AND offering = p.offering AND rank = p.rank)
    END
),
answer AS (
    SELECT verdict, level.name AS level,
        CASE
            WHEN l.rank >= 2 AND form = 'emergency' THEN 30
            WHEN l.rank = 3 AND about = 'dedicated'
                THEN CASE priority WHEN 'urgent' THEN 15 WHEN 'high' THEN 60 WHEN 'normal' THEN 240 ELSE 480 END
            WHEN l.rank >= 2
                THEN CASE priority WHEN 'urgent' THEN 30 WHEN 'high' THEN 240 WHEN 'normal' THEN 480 ELSE 1440 END
            WHEN l.rank = 1 AND EXISTS (SELECT 1 FROM org_tag WHERE tag = 'region_emea') THEN 540
            WHEN l.rank = 1 THEN 1440
        END AS first_reply,
        (SELECT json_group_array(tag) FROM (
            SELECT tag FROM kept WHERE wanted AND verdict NOT IN ('unsure', 'unknown_org')
                AND tag NOT IN (SELECT tag FROM ticket_tag) ORDER BY position)) AS additions,
        (SELECT json_group_array(tag) FROM (
            SELECT p.tag FROM policy_tag p JOIN ticket_tag USING (tag)
            WHERE verdict NOT IN ('unsure', 'unknown_org')
                AND p.tag NOT IN (SELECT tag FROM kept) ORDER BY position)) AS removals
    FROM levelled l JOIN level USING (rank)
)
