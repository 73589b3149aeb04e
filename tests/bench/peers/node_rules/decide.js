// SPDX-License-Identifier: MIT
// node-rules: rules are pairs of functions, tried by priority until one stops. The verdict, the
// level and the first reply are rules; what the org has and the tags are common/standing.js.
'use strict';
const { RuleEngine } = require('node-rules');
const { LEVELS, standingOf, isUsedUp, tagsOf } = require('../common/standing.js');

// A verdict, when it holds, and the rank of its level.
const VERDICTS = [
    ['unknown_org', (f) => !f.org, () => 0],
    ['unsure', (f) => !f.s.about, (f) => f.s.active],
    ['entitled', (f) => f.s.activeHere > 0, (f) => Math.max(f.s.activeHere, f.s.liveHere)],
    ['migration', (f) => f.s.liveHere > 0, (f) => f.s.liveHere],
    ['on_hold', (f) => f.s.heldHere, () => 0],
    ['upcoming', (f) => f.s.upcomingHere && f.s.active > 0, provisional],
    ['migration_pending', (f) => f.s.openHere && f.s.active > 0, provisional],
    [
        'migration_refused',
        (f) => f.s.refusedEnd > 0 && f.s.refusedEnd >= f.s.expiredEnd && f.s.active > 0,
        () => 0,
    ],
    ['migration_expired', (f) => f.s.expiredEnd > 0 && f.s.active > 0, () => 0],
    ['migration_offer', (f) => f.s.active > 0, provisional],
    ['on_hold', (f) => f.s.held, () => 0],
    ['upcoming', (f) => f.s.upcomingHere, () => 0],
    ['lapsed', (f) => f.s.ended, () => 0],
    ['unpaid', () => true, () => 0],
];

// When it holds, and the minutes by priority or for all.
const SLA = [
    [(f) => f.rank >= 2 && f.ticket.form === 'emergency', 30],
    [
        (f) => f.rank === 3 && f.s.about === 'dedicated',
        { urgent: 15, high: 60, normal: 240, low: 480 },
    ],
    [(f) => f.rank >= 2, { urgent: 30, high: 240, normal: 480, low: 1440 }],
    [(f) => f.rank === 1 && f.org && f.org.tags.includes('region_emea'), 540],
    [(f) => f.rank === 1, 1440],
];

function provisional({ s }) {
    return isUsedUp(s) ? 0 : s.active;
}

function verdictRule([verdict, holds, rank], index) {
    return {
        name: `verdict ${index}`,
        priority: 100 - index,
        condition: (R, f) => R.when(!f.verdict && holds(f)),
        consequence: (R, f) => {
            f.verdict = verdict;
            f.rank = rank(f);
            R.next();
        },
    };
}

function slaRule([holds, minutes], index) {
    return {
        name: `sla ${index}`,
        priority: 50 - index,
        condition: (R, f) => R.when(holds(f)),
        consequence: (R, f) => {
            f.firstReply = typeof minutes === 'number' ? minutes : minutes[f.ticket.priority];
            R.stop();
        },
    };
}

function answerOf({ verdict, rank, firstReply, ticket, s }) {
    const settled = verdict === 'entitled' || verdict === 'migration';
    const untouched = verdict === 'unknown_org' || verdict === 'unsure';
    const tags = untouched
        ? { add: [], remove: [] }
        : tagsOf(ticket.tags, s.about, settled, rank, s.given);
    return { verdict, level: LEVELS[rank], first_reply: firstReply ?? null, ...tags };
}

function load() {
    const engine = new RuleEngine([...VERDICTS.map(verdictRule), ...SLA.map(slaRule)], {
        ignoreFactChanges: true,
    });
    return (facts) =>
        new Promise((resolve) => {
            const given = { ...facts, s: standingOf(facts) };
            engine.execute(given, (result) => resolve(answerOf(result)));
        });
}

module.exports = { name: 'node-rules', module: 'node-rules', asynchronous: true, load };
