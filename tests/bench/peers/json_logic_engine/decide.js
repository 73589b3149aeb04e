// SPDX-License-Identifier: MIT
// json-logic-engine: the policy is JSON Logic, compiled to JavaScript. An expression has no names
// for what it works out, so the policy is a list of [name, expression, condition?], each of which
// may use those before it. `matches` is a function of the host.
'use strict';
const fs = require('fs');
const path = require('path');
const { LogicEngine } = require('json-logic-engine');

const regexes = new Map();

function compiled(pattern) {
    if (!regexes.has(pattern)) regexes.set(pattern, new RegExp(pattern, 'iu'));
    return regexes.get(pattern);
}

function load() {
    const engine = new LogicEngine();
    let ticket;
    engine.addMethod(
        'matches',
        (pattern) => {
            const regex = compiled(String(pattern));
            return regex.test(ticket.subject) || regex.test(ticket.description);
        },
        { sync: true },
    );
    const policy = JSON.parse(fs.readFileSync(path.join(__dirname, 'policy.json'), 'utf8'));
    const steps = policy.map(([name, logic, when = true]) => ({
        name,
        run: engine.build(logic),
        when: engine.build(when),
    }));
    return (facts) => {
        const known = { ...facts };
        ticket = facts.ticket;
        for (const { name, run, when } of steps) known[name] = when(known) ? run(known) : {};
        return known.answer;
    };
}

module.exports = { name: 'json-logic-engine', module: 'json-logic-engine', load };
