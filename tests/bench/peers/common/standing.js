// SPDX-License-Identifier: MIT
// What engines need that can't look into lists themselves: the offering, what the org has of it,
// and the tags that follow from verdict and level. An engine that can say a part of this says it.
'use strict';

const LEVELS = ['free', 'standard', 'premium', 'ultimate'];
const OFFERINGS = ['self_managed', 'saas', 'dedicated'];
const LEVEL_TAGS = {
    self_managed: [null, 'sm_standard', 'sm_premium', 'sm_ultimate'],
    saas: [null, 'saas_standard', 'saas_premium', 'saas_ultimate'],
    dedicated: [null, null, null, 'dedicated_ultimate'],
};
const POLICY_TAGS = [
    ...OFFERINGS.flatMap((offering) => LEVEL_TAGS[offering].filter(Boolean)),
    ...OFFERINGS.map((offering) => `focus_${offering}`),
];
const PATTERNS = [
    ['saas', 3, /\bcloud\.northwind\.example\b/iu],
    ['saas', 2, /\bshared runners?\b/iu],
    ['saas', 3, /\b(saas|northwind cloud)\b/iu],
    ['self_managed', 3, /\bself[ -]?(managed|hosted)\b/iu],
    ['self_managed', 3, /\bnorthwind-ctl\b/iu],
    ['self_managed', 2, /\/etc\/northwind\/\S+/iu],
    ['dedicated', 4, /\bdedicated (instance|tenant)\b/iu],
];

function tellByPatterns(subject, description) {
    const scores = { self_managed: 0, saas: 0, dedicated: 0 };
    for (const [offering, weight, regex] of PATTERNS) {
        if (regex.test(subject) || regex.test(description)) scores[offering] += weight;
    }
    let best = 0;
    let next = 0;
    let told = null;
    for (const offering of OFFERINGS) {
        const score = scores[offering];
        if (score > best) [best, next, told] = [score, best, offering];
        else if (score > next) next = score;
    }
    return best >= 3 && best - next >= 2 ? told : null;
}

function tellOffering({ offering, form, subject, description }) {
    if (offering) return offering;
    if (form === 'cloud') return 'saas';
    if (form === 'self_managed') return 'self_managed';
    return tellByPatterns(subject, description);
}

function seeEntitlement(entitlement, now, standing) {
    const rank = LEVELS.indexOf(entitlement.level);
    const here = entitlement.offering === standing.about;
    if (rank === 0) return;
    if (now < entitlement.starts) {
        standing.upcomingHere ||= here && !entitlement.hold;
    } else if (now >= entitlement.ends) {
        standing.ended = true;
        standing.endedHere ||= here;
    } else if (entitlement.hold) {
        standing.held = true;
        standing.heldHere ||= here;
    } else {
        standing.active = Math.max(standing.active, rank);
        if (here) standing.activeHere = Math.max(standing.activeHere, rank);
        standing.given.push(LEVEL_TAGS[entitlement.offering][rank]);
    }
}

function seeMigration({ to, level, status, end, forgotten }, now, standing) {
    const here = to === standing.about;
    if (now >= forgotten) return;
    if (status === 'refused') {
        if (here) standing.refusedEnd = Math.max(standing.refusedEnd, end);
    } else if (status === 'requested') {
        standing.openHere ||= here && now < end;
        standing.missedHere ||= here && now >= end;
    } else if (status === 'approved' && now >= end) {
        if (here) standing.expiredEnd = Math.max(standing.expiredEnd, end);
    } else if (status === 'approved' && standing.active > 0) {
        const rank = LEVELS.indexOf(level);
        if (here) standing.liveHere = Math.max(standing.liveHere, rank);
        standing.given.push(LEVEL_TAGS[to][rank]);
    }
}

// Levels are ranks; 0 where there is none.
function standingOf(facts) {
    const standing = {
        about: tellOffering(facts.ticket),
        active: 0,
        activeHere: 0,
        liveHere: 0,
        held: false,
        heldHere: false,
        upcomingHere: false,
        ended: false,
        endedHere: false,
        openHere: false,
        missedHere: false,
        refusedEnd: 0,
        expiredEnd: 0,
        given: [],
    };
    for (const entitlement of facts.entitlements) seeEntitlement(entitlement, facts.now, standing);
    for (const migration of facts.migrations) seeMigration(migration, facts.now, standing);
    return standing;
}

function isUsedUp({ refusedEnd, expiredEnd, missedHere, endedHere }) {
    return refusedEnd > 0 || expiredEnd > 0 || missedHere || endedHere;
}

// `settled`: the tag of the decided level stays, and no other.
function tagsOf(tags, about, settled, rank, given) {
    const wanted = [`focus_${about}`];
    if (settled && LEVEL_TAGS[about][rank]) wanted.unshift(LEVEL_TAGS[about][rank]);
    const keeps = (tag) => wanted.includes(tag) || (!settled && given.includes(tag));
    return {
        add: wanted.filter((tag) => !tags.includes(tag)),
        remove: tags.filter((tag) => POLICY_TAGS.includes(tag) && !keeps(tag)),
    };
}

module.exports = { LEVELS, LEVEL_TAGS, standingOf, isUsedUp, tagsOf, tellByPatterns };
