// SPDX-License-Identifier: MIT
// json-rules-engine: the verdict and the first reply are rules in JSON, tried by priority until one
// holds; its conditions compare one fact with one value, so what the org has, the level's rank and
// the tags are common/standing.js.
'use strict';
const fs = require('fs');
const path = require('path');
const { Engine } = require('json-rules-engine');
const { LEVELS, standingOf, isUsedUp, tagsOf } = require('../common/standing.js');

const RANKS = {
    none: () => 0,
    active: (s) => s.active,
    held: (s) => Math.max(s.activeHere, s.liveHere),
    provisional: (s) => (isUsedUp(s) ? 0 : s.active),
};

function engineOf(rules) {
    const engine = new Engine(rules);
    engine.on('success', () => engine.stop());
    return engine;
}

function load() {
    const policy = JSON.parse(fs.readFileSync(path.join(__dirname, 'policy.json'), 'utf8'));
    const verdicts = engineOf(policy.verdicts);
    const sla = engineOf(policy.sla);
    return async ({ ticket, org, ...facts }) => {
        const s = standingOf({ ticket, ...facts });
        const [verdict] = (await verdicts.run({ ...s, knownOrg: org !== null })).events;
        const rank = RANKS[verdict.params.level](s);
        const { form, priority, tags } = ticket;
        const orgTags = org ? org.tags : [];
        const [reply] = (await sla.run({ rank, about: s.about, form, orgTags })).events;
        const minutes = reply ? reply.params.minutes : null;
        const byPriority = minutes !== null && typeof minutes === 'object';
        const settled = verdict.type === 'entitled' || verdict.type === 'migration';
        const untouched = verdict.type === 'unknown_org' || verdict.type === 'unsure';
        return {
            verdict: verdict.type,
            level: LEVELS[rank],
            first_reply: byPriority ? minutes[priority] : minutes,
            ...(untouched
                ? { add: [], remove: [] }
                : tagsOf(tags, s.about, settled, rank, s.given)),
        };
    };
}

module.exports = {
    name: 'json-rules-engine',
    module: 'json-rules-engine',
    asynchronous: true,
    load,
};
