// bench/run.mjs BUILD [WHAT] [--only PATTERN] [--rounds N] [--seconds N] [--dir DIR] [--no-page] -- makes the data, starts the server, measures
// it over HTTP with real sessions, prints a table and writes it into docs/performance.md (not with --only or --no-page).
//   county    (default) one county on SQLite      [--people N] [--cases N] [--rows N: of the roster that is imported]
//   postgres  the county on a PostgreSQL of its own, by one server, then by two behind nginx
//   province  many counties, measured from all levels   [--people N] [--cases N] [--stations N] [--records N]
//   day       the clicks of its workers on one day, all at once   [--workers N] [--connections N]
//   growth    the processor time at several sizes   [--sizes N,N,…]
//   country   a unit for each division of the country
//   rules     all rules of a province of 1,600 stations and 20,000 staff, and the pages that show them; few people
// The data is kept in DIR (default var/bench) and used again by the next run with the same numbers.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import * as data from './data.mjs';
import { mixed_day } from './day.mjs';
import { growth } from './growth.mjs';
import { machine, measure, median, say } from './measure.mjs';
import { write_page } from './page.mjs';
import { country_pages, county_pages, county_workers, province_pages, rules_pages } from './pages.mjs';
import { nginx, postgres } from './postgres.mjs';
import { Server } from './server.mjs';
import { export_people, import_roster, print_cases, save_forms, save_people } from './work.mjs';

const text = (value) => ({ type: 'string', default: value });
const { values: o, positionals: [build, what = 'county'] } = parseArgs({ allowPositionals: true, options: {
    people: text(''), cases: text(''), rows: text('100000'), rounds: text('3'), seconds: text('3'), dir: text('var/bench'), only: text(''),
    stations: text('1600'), records: text('5000000'), workers: text('20000'), connections: text('32'), sizes: text('10000,100000,1000000'),
    'no-page': { type: 'boolean', default: false },
} });
if (what === 'rules') Object.assign(o, { people: o.people || '10000', cases: o.cases || '1000', records: '10000' });
const large = what === 'province' || what === 'day';
o.people ||= large ? '1000000' : '100000';
o.cases ||= large ? '200000' : '20000';
const nuan = `${build}/nuan`, work = `${o.dir}/work`, port = 8391, wanted = new RegExp(o.only);
mkdirSync(o.dir, { recursive: true });

const each_page = async (server, pages, result, connections, suffix = '') => {
    for (const [name, session, paths] of pages.filter(([n]) => wanted.test(n)))
        for (const c of name.startsWith('dashboard') ? [1, ...connections] : connections)
            result.lists.push(await measure(server, name + suffix, c, session.cookie, paths, o));
};

async function starts(dir, n) {
    const times = [];
    for (let i = 0; i < n; i++) {
        const server = new Server(nuan, dir, port);
        times.push(await server.start());
        await server.stop();
    }
    return median(times);
}

// workers: their sessions.  Papers last: their fonts stay in memory.
async function writes(server, workers, result) {
    const kinds = [['new record', save_people], ['form saved (draft)', save_forms], ['PDF of a case', print_cases]];
    for (const [name, run] of kinds.filter(([n]) => wanted.test(n))) {
        if (name.startsWith('PDF')) result.rss = server.most;
        for (const connections of [16, 64]) result.lists.push(await run(server, workers, connections, o));
    }
    result.rss_paper = server.most;
}

async function exported(server, login, result) {
    if (!wanted.test('export')) return;
    result.exported = await export_people(server, login);
    say(`export of ${result.exported.rows} people: ${result.exported.ms.toFixed(0)} ms, ${result.exported.cpu.toFixed(1)} µs of processor time a row`);
}

// The database's processor time counts.
function with_database(server, pg) {
    const own = server.cpu.bind(server);
    server.cpu = () => own() + pg.cpu();
}

async function on_county(result) {
    const dir = data.copy(data.county(build, o), work), csv = data.roster(build, o);
    const numbers = readFileSync(csv, 'utf8').split('\n').slice(1, 20).map((l) => l.split(',')[2]);
    const pg = what === 'postgres' ? postgres(nuan, dir) : null, more = pg ? ['--db', pg.url] : [];
    if (!pg && wanted.test('start')) result.start = await starts(dir, 7);
    const server = new Server(nuan, dir, port, more);
    if (pg) with_database(server, pg);
    await server.start();
    await server.idle();
    try {
        await each_page(server, await county_pages(server, numbers), result, [16, 64]);
        await writes(server, await county_workers(server), result);
        await exported(server, 'wide', result);
        if (pg) await two_servers(server, dir, more, numbers, result);
    } finally {
        await server.stop();
        pg?.stop();
    }
    if (wanted.test('import') && !pg) result.import = { dry: import_roster(nuan, dir, csv, ['--dry-run']), run: import_roster(nuan, dir, csv, []) };
    rmSync(work, { recursive: true, force: true });
}

// The same lists through nginx, which turns to two servers on one database.
async function two_servers(first, dir, more, numbers, result) {
    const second = new Server(nuan, dir, port + 1, more);
    await second.start();
    const proxy = nginx(path.resolve(o.dir), port + 2, [port, port + 1]);
    await new Promise((r) => setTimeout(r, 500));
    const both = Object.assign(new Server(nuan, dir, port + 2), { cpu: () => first.cpu() + second.cpu(), process: first.process });
    const pages = (await county_pages(both, numbers)).filter(([n]) => /head|page|search by (name|pinyin)/.test(n));
    await each_page(both, pages, result, [16], ', two servers behind nginx');
    proxy.stop();
    await second.stop();
}

// Too large to be copied for each run: what is saved stays in it.
async function on_province(result) {
    const dir = data.province(build, o), server = new Server(nuan, dir, port);
    const who = what === 'day' ? data.sessions(build, dir, Math.min(20000, Number(o.workers))) : [];
    await server.start();
    await server.idle();
    try {
        if (what === 'day') result.day = await mixed_day(server, who, Number(o.workers), Number(o.connections));
        else {
            await each_page(server, await province_pages(server), result, [16, 64]);
            await writes(server, data.workers(build, dir), result);
        }
        result.rss ??= server.most;
    } finally {
        await server.stop();
    }
}

// All rules anew, as the night asks them: the second run finds nothing changed and is what each night costs.
async function on_rules(result) {
    const dir = data.copy(data.province(build, o), work), times = [];
    for (let i = 0; i <= Number(o.rounds); i++) {
        const began = performance.now();
        say(`rules: ${execFileSync(nuan, ['rules', 'run', '--dir', dir]).toString().trim()}`);
        times.push(performance.now() - began);
    }
    result.rules = { first: times[0], again: median(times.slice(1)) };
    const server = new Server(nuan, dir, port);
    await server.start();
    await server.idle();
    try {
        await each_page(server, await rules_pages(server), result, [1, 16]);
        result.rss = server.most;
    } finally {
        await server.stop();
    }
    rmSync(work, { recursive: true, force: true });
}

async function on_country(result) {
    const server = new Server(nuan, data.country(build, o), port);
    await server.start();
    await server.idle();
    try {
        await each_page(server, await country_pages(server), result, [16]);
        result.rss = server.most;
    } finally {
        await server.stop();
    }
}

const result = { what, lists: [], machine: machine(), load: [os.loadavg()[0]], options: o, on: new Date().toISOString().slice(0, 10) }, began = performance.now();
switch (what) {
case 'county': case 'postgres': await on_county(result); break;
case 'province': case 'day': await on_province(result); break;
case 'country': await on_country(result); break;
case 'rules': await on_rules(result); break;
case 'growth': result.growth = await growth(build, o, port, wanted); break;
default: throw new Error(`no such benchmark: ${what}`);
}
result.load.push(os.loadavg()[0]);
result.minutes = (performance.now() - began) / 60000;
write_page(result, !o['no-page'] && o.only === '');
