-- The layout of a store, version 1. Instants are seconds since 1970 in UTC, dates are days since
-- 1970-01-01, hashes are SHA-256. doc/store.md describes the tables for those who look inside.

-- The migrations as they are now. The audit log has all that they were.
CREATE TABLE migrations (
    number INTEGER PRIMARY KEY CHECK (number > 0), -- the id is "M-" and this
    org TEXT NOT NULL CHECK (org <> ''),
    org_name TEXT,
    source TEXT NOT NULL CHECK (source <> ''), -- the offering it moves from,
    source_level TEXT NOT NULL CHECK (source_level <> ''), -- and the level the org had of it
    target TEXT NOT NULL CHECK (target <> '' AND target <> source), -- the offering it moves to,
    level TEXT NOT NULL CHECK (level <> ''), -- and the level that is promised
    target_date INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    forgotten_at INTEGER NOT NULL CHECK (forgotten_at >= ends_at),
    status TEXT NOT NULL
        CHECK (status IN ('requested', 'approved', 'refused', 'completed', 'cancelled')),
    revision INTEGER NOT NULL CHECK (revision > 0),
    owner TEXT NOT NULL CHECK (owner <> ''),
    reason TEXT,
    evidence TEXT,
    requested_by TEXT NOT NULL CHECK (requested_by <> ''),
    requested_at INTEGER NOT NULL,
    decided_by TEXT,
    decided_at INTEGER CHECK ((decided_at IS NULL) = (decided_by IS NULL)),
    changed_at INTEGER NOT NULL CHECK (changed_at >= requested_at), -- when its last step was taken
    closed_by TEXT,
    closed_at INTEGER CHECK ((closed_at IS NULL) = (closed_by IS NULL)),
    outcome TEXT CHECK (outcome IN ('reached', 'not_reached')),
    extensions INTEGER NOT NULL CHECK (extensions >= 0),
    policy TEXT, -- these three: the policy it was approved under
    policy_revision TEXT,
    policy_digest TEXT,
    settled INTEGER NOT NULL CHECK (settled IN (0, 1)), -- no sweep has anything to do any more
    due_at INTEGER, -- when a sweep must look at it next
    CHECK ((outcome IS NOT NULL) = (status = 'completed')),
    CHECK ((decided_at IS NULL) = (status IN ('requested', 'cancelled'))),
    CHECK (status IN ('requested', 'cancelled', 'refused')
           OR (policy IS NOT NULL AND policy_digest IS NOT NULL)),
    CHECK (status NOT IN ('completed', 'cancelled') OR closed_at IS NOT NULL),
    CHECK ((due_at IS NULL) = settled)
) STRICT;

CREATE INDEX migrations_by_org ON migrations (org, number);
CREATE INDEX migrations_by_end ON migrations (status, ends_at);
CREATE INDEX migrations_due ON migrations (due_at, number) WHERE due_at IS NOT NULL;

-- What has happened. Each row's hash covers the row and the hash before it.
CREATE TABLE audit (
    seq INTEGER PRIMARY KEY CHECK (seq > 0),
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    migration INTEGER REFERENCES migrations (number),
    org TEXT,
    actor TEXT,
    role TEXT,
    reason TEXT,
    key TEXT UNIQUE, -- idempotency key
    command BLOB, -- hash of the step that came with the key
    policy TEXT,
    policy_revision TEXT,
    policy_digest TEXT,
    previous_date INTEGER, -- of an extension
    record TEXT, -- the migration as it was afterwards: JSON
    detail TEXT, -- of an event of the whole store
    previous BLOB NOT NULL CHECK (length(previous) = 32),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    CHECK ((migration IS NULL) = (record IS NULL)),
    CHECK ((migration IS NULL) = (org IS NULL)),
    CHECK ((command IS NULL) = (key IS NULL))
) STRICT;

CREATE INDEX audit_by_migration ON audit (migration, seq) WHERE migration IS NOT NULL;
CREATE INDEX audit_by_org ON audit (org, seq) WHERE org IS NOT NULL;
CREATE INDEX audit_by_time ON audit (at, seq);

-- INSERT OR REPLACE takes rows away without a DELETE.
CREATE TRIGGER audit_is_never_replaced BEFORE INSERT ON audit
WHEN NEW.seq <> ifnull((SELECT max(seq) FROM audit), 0) + 1
    OR EXISTS (SELECT 1 FROM audit WHERE key = NEW.key)
BEGIN
    SELECT RAISE(ABORT, 'the audit log only grows at its end, and each key is used once');
END;

CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit log is never changed');
END;

CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit log is never deleted');
END;

-- The outbox: what the host shall do.
CREATE TABLE actions (
    seq INTEGER PRIMARY KEY CHECK (seq > 0),
    key TEXT NOT NULL UNIQUE,
    event INTEGER NOT NULL REFERENCES audit (seq),
    migration INTEGER NOT NULL REFERENCES migrations (number),
    org TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('org.add_tag', 'org.remove_tag', 'org.add_note',
                                       'org.remove_note', 'ops.request', 'owner.remind')),
    tag TEXT,
    text TEXT,
    owner TEXT,
    unless_offering TEXT,
    unless_level TEXT,
    not_before INTEGER,
    created_at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'done', 'withdrawn')),
    attempts INTEGER NOT NULL CHECK (attempts >= 0),
    retry_at INTEGER,
    problem TEXT,
    settled_at INTEGER,
    CHECK ((tag IS NOT NULL) = (kind IN ('org.add_tag', 'org.remove_tag'))),
    CHECK ((unless_offering IS NULL) = (unless_level IS NULL)),
    CHECK ((settled_at IS NULL) = (state = 'pending'))
) STRICT;

CREATE INDEX actions_pending ON actions (seq) WHERE state = 'pending';
CREATE INDEX actions_waiting ON actions (migration, seq)
    WHERE state = 'pending' AND retry_at IS NOT NULL;
CREATE INDEX actions_by_migration ON actions (migration, seq);
CREATE INDEX actions_by_event ON actions (event, seq);
CREATE INDEX actions_by_tag ON actions (org, tag) WHERE state = 'pending' AND tag IS NOT NULL;

-- Decisions, where a host wants them kept.
CREATE TABLE decisions (
    seq INTEGER PRIMARY KEY CHECK (seq > 0),
    at INTEGER NOT NULL,
    ticket TEXT NOT NULL,
    org TEXT,
    policy_digest TEXT NOT NULL,
    tzdata TEXT NOT NULL,
    request TEXT NOT NULL, -- JSON
    decision TEXT NOT NULL -- JSON
) STRICT;

CREATE INDEX decisions_by_ticket ON decisions (ticket, seq);
CREATE INDEX decisions_by_org ON decisions (org, seq) WHERE org IS NOT NULL;
CREATE INDEX decisions_by_time ON decisions (at, seq);
