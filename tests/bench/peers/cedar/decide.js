// SPDX-License-Identifier: MIT
// Cedar: it answers allow or deny, and names the policies that allowed it. So verdicts and SLA
// rules are policies, and one call finds those that hold; the first counts. Cedar has no regular
// expressions, does not look into lists of records, and returns no values: the offering, what the
// org has, the level, the minutes and the tags are the host's.
'use strict';
const fs = require('fs');
const path = require('path');
const cedar = require('@cedar-policy/cedar-wasm/nodejs');
const { LEVELS, standingOf, isUsedUp, tagsOf } = require('../common/standing.js');

const MINUTES = {
    emergency: () => 30,
    'ultimate-dedicated': (priority) => ({ urgent: 15, high: 60, normal: 240, low: 480 })[priority],
    priority: (priority) => ({ urgent: 30, high: 240, normal: 480, low: 1440 })[priority],
    'standard-emea': () => 540,
    standard: () => 1440,
};

function isSettled(verdict) {
    return verdict === 'entitled' || verdict === 'migration';
}

function rankOf(verdict, s) {
    if (isSettled(verdict)) return Math.max(s.activeHere, s.liveHere);
    if (verdict === 'unsure') return s.active;
    const provisional = ['upcoming', 'migration_pending', 'migration_offer'].includes(verdict);
    return provisional && !isUsedUp(s) ? s.active : 0;
}

function read(name) {
    return fs.readFileSync(path.join(__dirname, name), 'utf8');
}

function checked(answer) {
    const errors = answer.errors || answer.validationErrors || [];
    if (answer.type === 'failure' || errors.length)
        throw new Error(errors.map((one) => (one.error || one).message).join('\n'));
    return answer;
}

function load() {
    const text = read('policy.cedar');
    const schema = read('policy.cedarschema');
    const policies = { staticPolicies: text };
    checked(cedar.validate({ schema, policies, validationSettings: { mode: 'strict' } }));
    checked(cedar.preparseSchema('schema', schema));
    checked(cedar.preparsePolicySet('policy', policies));
    const names = [...text.matchAll(/@(?:verdict|sla)\("([^"]+)"\)/g)].map((match) => match[1]);

    // The name of the first policy that holds, or undefined.
    function first(action, ticket, org, context) {
        const answer = checked(
            cedar.statefulIsAuthorized({
                principal: { type: 'Org', id: org },
                action: { type: 'Action', id: action },
                resource: { type: 'Ticket', id: ticket },
                context,
                entities: [],
                preparsedSchemaName: 'schema',
                preparsedPolicySetId: 'policy',
                validateRequest: true,
            }),
        );
        const numbers = answer.response.diagnostics.reason.map((id) => Number(id.slice(6)));
        return names[Math.min(...numbers)];
    }

    return ({ ticket, org, ...facts }) => {
        const { given, about, ...s } = standingOf({ ticket, ...facts });
        const id = org ? org.id : '';
        const known = { ...s, knownOrg: org !== null, about: about || '' };
        const verdict = first('decide', ticket.id, id, known);
        const rank = rankOf(verdict, s);
        const form = ticket.form || '';
        const orgTags = org ? org.tags : [];
        const rule = first('answer', ticket.id, id, { rank, about: about || '', form, orgTags });
        const untouched = verdict === 'unknown_org' || verdict === 'unsure';
        const tags = untouched
            ? { add: [], remove: [] }
            : tagsOf(ticket.tags, about, isSettled(verdict), rank, given);
        return {
            verdict,
            level: LEVELS[rank],
            first_reply: rule ? MINUTES[rule](ticket.priority) : null,
            ...tags,
        };
    };
}

module.exports = { name: 'Cedar', module: '@cedar-policy/cedar-wasm', load };
