-- All that the store asks SQLite. `-- name:` starts a statement, `-- part:` a piece that statements
-- write as {…}; lib/store/generate_statements.py makes C of them. Parameters are bound by number.

-- --- parts ----------------------------------------------------------------------------------------

-- A migration's columns, in the order in which record_rows.c reads them,
-- part: migration
    number, org, org_name, source, source_level, target, level, target_date, ends_at, forgotten_at,
    status, revision, owner, reason, evidence, requested_by, requested_at, decided_by, decided_at,
    changed_at, closed_by, closed_at, outcome, extensions, policy, policy_revision, policy_digest,
    settled

-- and the same from the document in the audit log.
-- part: record
    json_extract(record, '$.number'), json_extract(record, '$.org'),
    json_extract(record, '$.org_name'), json_extract(record, '$.source'),
    json_extract(record, '$.source_level'), json_extract(record, '$.target'),
    json_extract(record, '$.level'), json_extract(record, '$.target_date'),
    json_extract(record, '$.ends_at'), json_extract(record, '$.forgotten_at'),
    json_extract(record, '$.status'), json_extract(record, '$.revision'),
    json_extract(record, '$.owner'), json_extract(record, '$.reason'),
    json_extract(record, '$.evidence'), json_extract(record, '$.requested_by'),
    json_extract(record, '$.requested_at'), json_extract(record, '$.decided_by'),
    json_extract(record, '$.decided_at'), json_extract(record, '$.changed_at'),
    json_extract(record, '$.closed_by'), json_extract(record, '$.closed_at'),
    json_extract(record, '$.outcome'), json_extract(record, '$.extensions'),
    json_extract(record, '$.policy'), json_extract(record, '$.policy_revision'),
    json_extract(record, '$.policy_digest'), json_extract(record, '$.settled')

-- A migration as the audit log and exports write it. No view of the schema: SQLite does not trust a
-- file to call functions.
-- part: migration_documents
(SELECT number, json_object(
    'number', number, 'org', org, 'org_name', org_name,
    'source', source, 'source_level', source_level, 'target', target, 'level', level,
    'target_date', target_date, 'ends_at', ends_at, 'forgotten_at', forgotten_at,
    'status', status, 'revision', revision, 'owner', owner,
    'reason', reason, 'evidence', evidence,
    'requested_by', requested_by, 'requested_at', requested_at,
    'decided_by', decided_by, 'decided_at', decided_at,
    'changed_at', changed_at, 'closed_by', closed_by, 'closed_at', closed_at, 'outcome', outcome,
    'extensions', extensions,
    'policy', policy, 'policy_revision', policy_revision, 'policy_digest', policy_digest,
    'settled', settled, 'due_at', due_at) AS document
FROM migrations)

-- part: event
    seq, at, kind, actor, role, reason, key, policy, policy_digest, previous_date, detail, hash

-- part: action
    seq, key, kind, migration, org, tag, text, owner, unless_offering, unless_level, not_before,
    created_at, state, attempts, retry_at, problem, settled_at

-- part: logged
    seq, at, ticket, org, request, decision, policy_digest, tzdata

-- --- transactions ---------------------------------------------------------------------------------

-- name: begin_read
BEGIN;

-- name: begin_write
BEGIN IMMEDIATE;

-- name: commit
COMMIT;

-- name: rollback
ROLLBACK;

-- A transaction sees the moment of its first reading: this is one.
-- name: take_snapshot
SELECT 1 FROM audit WHERE seq = 1;

-- --- migrations -----------------------------------------------------------------------------------

-- name: read_migration
SELECT {migration} FROM migrations WHERE number = ?1;

-- name: read_active
SELECT {migration} FROM migrations
WHERE org = ?1 AND status IN ('requested', 'approved') AND ends_at > ?2
ORDER BY number;

-- name: read_remembered
SELECT {migration} FROM migrations
WHERE org = ?1 AND status IN ('requested', 'approved', 'refused') AND forgotten_at > ?2
ORDER BY number;

-- name: read_due
SELECT {migration}, due_at FROM migrations WHERE due_at <= ?1 ORDER BY due_at, number LIMIT ?2;

-- name: count_live
SELECT count(*) FROM
    (SELECT 1 FROM migrations WHERE status = 'approved' AND ends_at > ?1 LIMIT ?2);

-- name: count_requests
SELECT count(*) FROM migrations WHERE org = ?1 AND target = ?2;

-- name: insert_migration
INSERT INTO migrations ({migration}, due_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20,
        ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29);

-- name: update_migration
UPDATE migrations SET ({migration}, due_at) =
    (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20,
     ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29)
WHERE number = ?1;

-- Of all orgs: ?1 the number before the page, ?2 status, ?3 < end < ?4, ?5 how many.
-- name: list_migrations
SELECT {migration} FROM migrations
WHERE number > ?1 AND (?2 IS NULL OR status = ?2) AND ends_at > ?3 AND ends_at < ?4
ORDER BY number LIMIT ?5;

-- The same of the org ?6.
-- name: list_migrations_of_org
SELECT {migration} FROM migrations
WHERE org = ?6 AND number > ?1 AND (?2 IS NULL OR status = ?2) AND ends_at > ?3 AND ends_at < ?4
ORDER BY number LIMIT ?5;

-- --- the audit log --------------------------------------------------------------------------------

-- The row that will be the next one, with all its columns but the last, the hash.
-- name: draft_event
SELECT ifnull((SELECT seq FROM audit ORDER BY seq DESC LIMIT 1), 0) + 1,
    ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13,
    (SELECT document FROM {migration_documents} WHERE number = ?3), ?14,
    ifnull((SELECT hash FROM audit ORDER BY seq DESC LIMIT 1),
           x'0000000000000000000000000000000000000000000000000000000000000000');

-- name: insert_event
INSERT INTO audit (seq, at, kind, migration, org, actor, role, reason, key, command, policy,
                   policy_revision, policy_digest, previous_date, record, detail, previous, hash)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18);

-- name: read_event
SELECT {event}, {record} FROM audit WHERE seq = ?1;

-- name: find_key
SELECT {event}, {record}, command FROM audit WHERE key = ?1;

-- name: read_audit
SELECT seq, at, kind, migration, org, actor, role, reason, key, command, policy, policy_revision,
    policy_digest, previous_date, record, detail, previous, hash
FROM audit ORDER BY seq;

-- name: read_head
SELECT hash FROM audit ORDER BY seq DESC LIMIT 1;

-- Of the whole store: ?1 the number before the page, ?2 how many, ?3 since.
-- name: list_events
SELECT {event}, {record} FROM audit
WHERE seq > ?1 AND at >= ?3
ORDER BY seq LIMIT ?2;

-- The same of the org ?4.
-- name: list_events_of_org
SELECT {event}, {record} FROM audit
WHERE org = ?4 AND seq > ?1 AND at >= ?3
ORDER BY seq LIMIT ?2;

-- The same of the migration ?5, if it is one of the org ?4 (NULL: of any).
-- name: list_events_of_migration
SELECT {event}, {record} FROM audit
WHERE migration = ?5 AND seq > ?1 AND at >= ?3 AND (?4 IS NULL OR org = ?4)
ORDER BY seq LIMIT ?2;

-- Where a page of list_events may start, so that it passes over nothing that is older.
-- (The plus keeps SQLite from walking through the table until it meets the first.)
-- name: first_event_since
SELECT min(+seq) FROM audit WHERE at >= ?1;

-- --- the outbox -----------------------------------------------------------------------------------

-- name: insert_action
INSERT INTO actions (key, event, migration, org, kind, tag, text, owner, unless_offering,
                     unless_level, not_before, created_at, state, attempts)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 'pending', 0);

-- name: read_action
SELECT {action} FROM actions WHERE seq = ?1;

-- name: read_actions_of_event
SELECT {action} FROM actions WHERE event = ?1 ORDER BY seq;

-- name: read_actions_of_migration
SELECT {action} FROM actions WHERE migration = ?1 ORDER BY seq;

-- The tag that a migration has put on its org; it does so once at most.
-- name: read_tag
SELECT tag FROM actions WHERE migration = ?1 AND kind = 'org.add_tag' ORDER BY seq LIMIT 1;

-- What the host shall do at ?1: pages after ?2, of ?3.
-- name: list_actions
SELECT {action} FROM actions AS this
WHERE state = 'pending' AND seq > ?2
    AND (not_before IS NULL OR not_before <= ?1) AND (retry_at IS NULL OR retry_at <= ?1)
    AND NOT EXISTS (SELECT 1 FROM actions AS failed
                    WHERE failed.migration = this.migration AND failed.state = 'pending'
                        AND failed.retry_at > ?1 AND failed.seq < this.seq)
ORDER BY seq LIMIT ?3;

-- name: find_action
SELECT state FROM actions WHERE key = ?1;

-- name: settle_action
UPDATE actions SET state = 'done', settled_at = ?2 WHERE key = ?1 AND state = 'pending';

-- name: fail_action
UPDATE actions SET attempts = attempts + 1, retry_at = ?2, problem = ?3
WHERE key = ?1 AND state = 'pending';

-- name: withdraw_actions
UPDATE actions SET state = 'withdrawn', settled_at = ?4
WHERE state = 'pending' AND org = ?1 AND kind = ?2 AND tag = ?3;

-- --- the decision log -----------------------------------------------------------------------------

-- name: insert_decision
INSERT INTO decisions (at, ticket, org, policy_digest, tzdata, request, decision)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);

-- Of all: ?1 the number before the page, ?2 how many, ?3 <= at < ?4.
-- name: list_decisions
SELECT {logged} FROM decisions
WHERE seq > ?1 AND at >= ?3 AND at < ?4
ORDER BY seq LIMIT ?2;

-- The same of the org ?5.
-- name: list_decisions_of_org
SELECT {logged} FROM decisions
WHERE org = ?5 AND seq > ?1 AND at >= ?3 AND at < ?4
ORDER BY seq LIMIT ?2;

-- The same about the ticket ?6, if it is one of the org ?5 (NULL: of any).
-- name: list_decisions_of_ticket
SELECT {logged} FROM decisions
WHERE ticket = ?6 AND seq > ?1 AND at >= ?3 AND at < ?4 AND (?5 IS NULL OR org = ?5)
ORDER BY seq LIMIT ?2;

-- name: first_decision_since
SELECT min(+seq) FROM decisions WHERE at >= ?1 AND at < ?2;

-- Compares the documents ?1 and ?2 member by member; of actions without their texts and keys.
-- name: compare_decisions
WITH
    documents (side, document) AS (
        SELECT side, json_replace(json_remove(document, '$.reasons', '$.policy'), '$.actions',
            json((SELECT json_group_array(json_remove(value, '$.text', '$.key'))
                  FROM json_each(document, '$.actions'))))
        FROM (SELECT 1 AS side, ?1 AS document UNION ALL SELECT 2, ?2)),
    members (side, name, value) AS (
        SELECT side, key,
            CASE type WHEN 'object' THEN value WHEN 'array' THEN value
                WHEN 'true' THEN 'true' WHEN 'false' THEN 'false'
                WHEN 'null' THEN NULL ELSE json_quote(value) END
        FROM documents, json_each(document)),
    differences (name, first, second) AS (
        SELECT name, max(value) FILTER (WHERE side = 1) AS first,
            max(value) FILTER (WHERE side = 2) AS second
        FROM members GROUP BY name HAVING first IS NOT second)
SELECT json_group_object(name, json_array(json(first), json(second))) FROM differences;

-- --- care -----------------------------------------------------------------------------------------

-- name: read_schema
SELECT type, name, sql FROM sqlite_schema;

-- Counts at ?1. All have conditions, or SQLite would count in one go, which nothing can end if a
-- damaged file leads in circles.
-- name: count_all
SELECT
    (SELECT user_version FROM pragma_user_version),
    (SELECT page_count FROM pragma_page_count) * (SELECT page_size FROM pragma_page_size),
    (SELECT count(*) FROM migrations WHERE status > ''),
    (SELECT count(*) FROM migrations WHERE status = 'requested' AND ends_at > ?1),
    (SELECT count(*) FROM migrations WHERE status = 'approved' AND ends_at > ?1),
    (SELECT count(*) FROM migrations WHERE due_at <= ?1 AND ends_at <= ?1),
    (SELECT count(*) FROM actions WHERE state = 'pending'),
    (SELECT count(*) FROM actions WHERE state = 'pending' AND retry_at IS NOT NULL),
    (SELECT created_at FROM actions WHERE state = 'pending' ORDER BY seq LIMIT 1),
    (SELECT count(*) FROM audit WHERE at > -1),
    (SELECT count(*) FROM decisions WHERE at > -1);

-- name: forget_decisions
DELETE FROM decisions WHERE at < ?1;

-- name: check_pages
PRAGMA quick_check(1000);

-- name: check_integrity
PRAGMA integrity_check(1000);

-- name: check_references
PRAGMA foreign_key_check;

-- Events whose record seems to be no JSON: json_valid() also says no for want of memory.
-- name: check_events
SELECT seq FROM audit WHERE migration IS NOT NULL AND NOT json_valid(record);

-- Fails if it is none.
-- name: probe_event
SELECT json_type(record) FROM audit WHERE seq = ?1;

-- The events of each migration, with what check_lives.c compares them with.
-- name: check_lives
SELECT {event}, {record}, migration, org, json_extract(record, '$.due_at')
FROM audit WHERE migration IS NOT NULL
ORDER BY migration, seq;

-- Migrations that are not what their newest event says, and in which members.
-- name: check_migrations
SELECT number, seq,
    (SELECT group_concat(now.key, ', ')
     FROM json_each(document) AS now LEFT JOIN json_each(record) AS said ON said.key = now.key
     WHERE said.atom IS NOT now.atom)
FROM {migration_documents} LEFT JOIN audit
    ON seq = (SELECT max(seq) FROM audit WHERE migration = number)
WHERE record IS NOT document;

-- Actions, and whether they are such as their events cause.
-- name: check_actions
SELECT {action}, event, ifnull(
    (SELECT cause.migration = this.migration AND cause.org = this.org AND cause.at = created_at
        AND (cause.kind, this.kind) IN (VALUES
            ('request', 'ops.request'),
            ('approve', 'org.add_tag'), ('approve', 'org.add_note'),
            ('extend', 'org.remove_note'), ('extend', 'org.add_note'),
            ('end', 'org.remove_note'), ('end', 'org.remove_tag'),
            ('complete', 'org.remove_note'), ('complete', 'org.remove_tag'),
            ('expire', 'org.remove_note'), ('expire', 'org.remove_tag'),
            ('remind', 'owner.remind'))
     FROM audit AS cause WHERE cause.seq = event), 0)
FROM actions AS this;

-- name: check_decisions
SELECT {logged} FROM decisions;

-- Decisions whose documents seem to be no JSON, and whether they are.
-- name: check_documents
SELECT seq FROM decisions WHERE NOT (json_valid(request) AND json_valid(decision));

-- name: probe_documents
SELECT json_type(request), json_type(decision) FROM decisions WHERE seq = ?1;

-- Exports, see transfer.h: each record's number and line.
-- name: export_migrations
SELECT number, '{"migration":' || document || '}' FROM {migration_documents} ORDER BY number;

-- name: export_audit
SELECT seq, json_object('audit', json_object(
    'seq', seq, 'at', at, 'kind', kind, 'migration', migration, 'org', org, 'actor', actor,
    'role', role, 'reason', reason, 'key', key,
    'command', CASE WHEN command IS NOT NULL THEN lower(hex(command)) END,
    'policy', policy, 'policy_revision', policy_revision, 'policy_digest', policy_digest,
    'previous_date', previous_date, 'record', record, 'detail', detail,
    'previous', lower(hex(previous)), 'hash', lower(hex(hash))))
FROM audit ORDER BY seq;

-- name: export_actions
SELECT seq, json_object('action', json_object(
    'seq', seq, 'key', key, 'event', event, 'migration', migration, 'org', org, 'kind', kind,
    'tag', tag, 'text', text, 'owner', owner, 'unless_offering', unless_offering,
    'unless_level', unless_level, 'not_before', not_before, 'created_at', created_at,
    'state', state, 'attempts', attempts, 'retry_at', retry_at, 'problem', problem,
    'settled_at', settled_at))
FROM actions ORDER BY seq;

-- name: export_decisions
SELECT seq, json_object('decision', json_object(
    'seq', seq, 'at', at, 'ticket', ticket, 'org', org, 'policy_digest', policy_digest,
    'tzdata', tzdata, 'request', request, 'decision', decision))
FROM decisions ORDER BY seq;

-- Has anything happened in the store but its creation?
-- name: find_use
SELECT 1 WHERE EXISTS (SELECT 1 FROM migrations) OR EXISTS (SELECT 1 FROM audit WHERE seq > 1)
    OR EXISTS (SELECT 1 FROM actions) OR EXISTS (SELECT 1 FROM decisions);

-- name: remove_creation
DELETE FROM audit WHERE seq = 1;

-- A line of an export, as import_line.c reads it. Fails if it is no JSON.
-- name: read_line
SELECT key, type, atom, parent, json_valid(?1) FROM json_tree(?1);

-- name: import_action
INSERT INTO actions (seq, key, event, migration, org, kind, tag, text, owner, unless_offering,
                     unless_level, not_before, created_at, state, attempts, retry_at, problem,
                     settled_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18);

-- name: import_decision
INSERT INTO decisions (seq, at, ticket, org, policy_digest, tzdata, request, decision)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);
