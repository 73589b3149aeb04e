// SPDX-License-Identifier: MIT
// GoRules Zen: the policy is a decision graph (JDM): expressions work out what the org has,
// decision tables give verdict, level and first reply, expressions the tags. Its function `matches`
// compiles the pattern anew at each call, which takes milliseconds: so the host tells by patterns.
'use strict';
const fs = require('fs');
const path = require('path');
const { ZenEngine, ZenDecisionContent } = require('@gorules/zen-engine');
const { tellByPatterns } = require('../common/standing.js');

function needsPatterns({ offering, form }) {
    return !offering && form !== 'cloud' && form !== 'self_managed';
}

async function load() {
    const text = fs.readFileSync(path.join(__dirname, 'policy.json'));
    const decision = new ZenEngine().createDecision(new ZenDecisionContent(text));
    decision.validate();
    return async (facts) => {
        const { ticket } = facts;
        const byPatterns = needsPatterns(ticket)
            ? tellByPatterns(ticket.subject, ticket.description)
            : null;
        return (await decision.evaluate({ ...facts, byPatterns })).result.answer;
    };
}

module.exports = { name: 'GoRules Zen', module: '@gorules/zen-engine', asynchronous: true, load };
