// run.mjs BUILD [--short] [--only PATTERN] [--page] -- runs the scenarios, prints "ok …" or "not ok …" for each with what was
// acknowledged, found, wrong, and the longest pause; --page writes the table into docs/reliability.md.
import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { parseArgs } from 'node:util';
import { Cluster } from './cluster.mjs';
import { Skip, scenarios } from './scenarios.mjs';
import { World, now } from './world.mjs';

const { values: o, positionals: [build] } = parseArgs({ allowPositionals: true, options: {
    short: { type: 'boolean', default: false }, only: { type: 'string', default: '' }, page: { type: 'boolean', default: false },
} });
const wanted = new RegExp(o.only), page = new URL('../../docs/reliability.md', import.meta.url).pathname;
const begun = now(), busy = os.loadavg()[0].toFixed(1);
const pg = new Cluster().init().start(), world = new World(build, pg), rows = [];
let failed = false;

function write_page() {
    const text = readFileSync(page, 'utf8'), cell = (ms) => ms ? `${Math.round(ms)} ms` : '–';
    const table = ['| what | acknowledged | found | wrong | longest pause | |', '|---|--:|--:|--:|--:|---|',
        ...rows.map((r) => `| ${r.name} | ${r.acknowledged ?? '–'} | ${r.found ?? '–'} | ${r.wrong ?? '–'} | ${cell(r.pause)} | ${r.note} |`)];
    const head = `\`./dev faults\`, ${new Date().toISOString().slice(0, 10)}, ${Math.max(1, Math.round((now() - begun) / 60000))} minutes on ${os.cpus().length} processors (${os.cpus()[0].model.trim()}), ${Math.round(os.totalmem() / 2 ** 30)} GB, load ${busy} before the run.`;
    writeFileSync(page, text.replace(/<!-- measured -->[^]*<!-- \/measured -->/, () => `<!-- measured -->\n${head}\n\n${table.join('\n')}\n<!-- /measured -->`));
}

async function run([name, scenario]) {
    const began = now();
    try {
        const r = await scenario(world, o);
        rows.push({ name, ...r });
        console.log(`ok ${name}\n#    ${r.acknowledged} acknowledged, ${r.found} found, ${r.wrong} wrong, longest pause ${Math.round(r.pause)} ms; ${r.note}`
            + ` (${Math.round((now() - began) / 1000)} s)`);
    } catch (e) {
        if (e instanceof Skip) rows.push({ name, note: `not run: ${e.message}` });
        else failed = true;
        console.log(e instanceof Skip ? `ok ${name} # SKIP ${e.message}` : `not ok ${name}\n# ${(e.stack ?? String(e)).replaceAll('\n', '\n# ')}`);
    }
}

function close() {
    world.close();
    pg.close();
}
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => { close(); process.exit(1); });

try {
    for (const one of scenarios.filter(([name]) => wanted.test(name))) await run(one);
    if (o.page && !failed) write_page();
} finally {
    close();
}
process.exit(failed ? 1 : 0);
