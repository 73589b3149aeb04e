-- SPDX-License-Identifier: MIT
-- The contract's names, tags and patterns as tables.
CREATE TABLE level(rank INTEGER PRIMARY KEY, name TEXT);
INSERT INTO level VALUES (0, 'free'), (1, 'standard'), (2, 'premium'), (3, 'ultimate');
CREATE TABLE policy_tag(position INTEGER PRIMARY KEY, kind TEXT, offering TEXT, rank INTEGER, tag TEXT);
CREATE INDEX policy_tag_by_tag ON policy_tag(tag);
CREATE INDEX policy_tag_by_offering ON policy_tag(offering, kind, rank);
INSERT INTO policy_tag VALUES
    (0, 'level', 'self_managed', 1, 'sm_standard'),
    (1, 'level', 'self_managed', 2, 'sm_premium'),
    (2, 'level', 'self_managed', 3, 'sm_ultimate'),
    (3, 'level', 'saas', 1, 'saas_standard'),
    (4, 'level', 'saas', 2, 'saas_premium'),
    (5, 'level', 'saas', 3, 'saas_ultimate'),
    (6, 'level', 'dedicated', 3, 'dedicated_ultimate'),
    (7, 'focus', 'self_managed', NULL, 'focus_self_managed'),
    (8, 'focus', 'saas', NULL, 'focus_saas'),
    (9, 'focus', 'dedicated', NULL, 'focus_dedicated');
CREATE TABLE pattern(offering TEXT, weight INTEGER, regex TEXT);
INSERT INTO pattern VALUES
    ('saas', 3, '\bcloud\.northwind\.example\b'),
    ('saas', 2, '\bshared runners?\b'),
    ('saas', 3, '\b(saas|northwind cloud)\b'),
    ('self_managed', 3, '\bself[ -]?(managed|hosted)\b'),
    ('self_managed', 3, '\bnorthwind-ctl\b'),
    ('self_managed', 2, '/etc/northwind/\S+'),
    ('dedicated', 4, '\bdedicated (instance|tenant)\b');
