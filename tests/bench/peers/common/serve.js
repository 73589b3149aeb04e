// SPDX-License-Identifier: MIT
// A peer for Node. Usage: node serve.js PEER_FOLDER INPUTS; see common/peer.h for the commands.
//
// PEER_FOLDER/decide.js exports `name`, `module` (the package that it is about), and `load()`: it
// gives a function from an input to the answer, or to a promise of it if `asynchronous` is true.
'use strict';
const fs = require('fs');
const path = require('path');
const readline = require('readline');

const pinned = require('../package.json').dependencies;

const LATENCY_PASSES = 3;
const [peerFolder, inputs] = process.argv.slice(2);
const peer = require(path.resolve(peerFolder, 'decide.js'));

const lines = fs.readFileSync(inputs, 'utf8').trimEnd().split('\n');
const facts = lines.map((line) => JSON.parse(line));

let kept; // the last answer, so that none is left out

function cpuSeconds() {
    const used = process.cpuUsage();
    return (used.user + used.system) / 1e6;
}

function clockCost() {
    let least = 1e6;
    for (let i = 0; i < 1000; i++) {
        const start = process.hrtime.bigint();
        least = Math.min(least, Number(process.hrtime.bigint() - start));
    }
    return least;
}

// Only what gives promises is awaited: waiting costs time by itself.
async function round(answer, passes) {
    const start = cpuSeconds();
    for (let pass = 0; pass < Number(passes); pass++) {
        for (let i = 0; i < facts.length; i++) {
            kept = answer(i);
            if (peer.asynchronous) kept = await kept;
        }
    }
    return (cpuSeconds() - start).toFixed(9);
}

async function latency(answer) {
    const cost = clockCost();
    const least = new Array(facts.length).fill(1e12);
    for (let pass = 0; pass < LATENCY_PASSES; pass++) {
        for (let i = 0; i < facts.length; i++) {
            const start = process.hrtime.bigint();
            kept = answer(i);
            if (peer.asynchronous) kept = await kept;
            least[i] = Math.min(least[i], Number(process.hrtime.bigint() - start) - cost);
        }
    }
    return least.join(' ');
}

async function answers(answer, file) {
    const written = [];
    for (let i = 0; i < facts.length; i++) {
        const given = await answer(i);
        written.push(typeof given === 'string' ? given : JSON.stringify(given));
    }
    fs.writeFileSync(file, written.join('\n') + '\n');
    return 'done';
}

async function main() {
    const decide = await peer.load();
    const modes = {
        native: (i) => decide(facts[i]),
        json: peer.asynchronous
            ? async (i) => JSON.stringify(await decide(JSON.parse(lines[i])))
            : (i) => JSON.stringify(decide(JSON.parse(lines[i]))),
    };
    const commands = {
        round,
        latency,
        answers,
    };
    const version = pinned[peer.module];
    console.log(JSON.stringify({ name: peer.name, version, modes: ['native', 'json'] }));
    for await (const line of readline.createInterface({ input: process.stdin })) {
        const [verb, mode, rest] = line.split(' ');
        console.log(await commands[verb](modes[mode], rest));
    }
}

main().catch((error) => {
    console.error(String(error.message || error));
    process.exit(1);
});
