// bench/run.mjs BUILD [--people N] [--cases N] [--rows N] [--rounds N] [--seconds N] [--dir DIR] [--only PATTERN] [--no-page]
//   with --postgres: the county on a PostgreSQL of its own, by one server, then by two behind nginx.
//   with --stations N [--records N]: a province of so many stations beside the county, measured from all its levels.
// Makes the data, starts the server, measures it over HTTP, prints a table and writes docs/performance.md.
// The data is kept in DIR (default var/bench) and used again by the next run with the same numbers.

import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Server } from './server.mjs';
import { nginx, postgres } from './postgres.mjs';
import { write_page } from './page.mjs';

const text = (value) => ({ type: 'string', default: value });
const { values: o, positionals: [build] } = parseArgs({ allowPositionals: true, options: {
    people: text('100000'), cases: text('20000'), rows: text('100000'), rounds: text('3'), seconds: text('3'), dir: text('var/bench'),
    stations: text('0'), records: text('0'), only: text(''), postgres: { type: 'boolean', default: false }, 'no-page': { type: 'boolean', default: false },
} });
const province = Number(o.stations) > 0;
if (province && o.dir === 'var/bench') o.dir = 'var/province';
const nuan = `${build}/nuan`, fill = `${build}/bench/bench-fill`, password = 'nuan-demo-1', work = province ? `${o.dir}/data` : `${o.dir}/work`;
const wanted = new RegExp(o.only), port = 8391;
const say = (line) => process.stderr.write(`bench: ${line}\n`);
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

function make_data() {
    const schema = readFileSync('meson.build', 'utf8').match(/src\/\w+\/migrations\/\w+\.sql/g);
    const key = JSON.stringify([o.people, o.cases, o.stations, o.records, schema.at(-1), schema.length]), stamp = `${o.dir}/data/stamp`;
    if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== key) {
        say(`making ${o.people} people and ${o.cases} cases`);
        rmSync(`${o.dir}/data`, { recursive: true, force: true });
        mkdirSync(`${o.dir}/data`, { recursive: true });
        execFileSync(nuan, ['demo', '--fill-only', '--dir', `${o.dir}/data`], { stdio: ['ignore', 'ignore', 'inherit'] });
        const at = [`${o.dir}/data/nuan.db`, `${o.dir}/data/nuan.key`, o.people, o.cases];
        execFileSync(fill, province ? ['province', ...at, o.stations, o.records] : ['county', ...at], { stdio: 'inherit' });
        writeFileSync(stamp, key);
    }
    if (province) return '';                    // too large to be copied; what is saved in a run stays in it
    const csv = `${o.dir}/roster-${o.rows}.csv`;
    if (!existsSync(csv)) writeFileSync(csv, execFileSync(fill, ['roster', o.rows], { maxBuffer: 1 << 30 }));
    rmSync(work, { recursive: true, force: true });
    cpSync(`${o.dir}/data`, work, { recursive: true });
    return csv;
}

// ---- Pages

function wrk(server, connections, cookie, paths) {
    const list = `${o.dir}/paths`;
    writeFileSync(list, paths.join('\n') + '\n');
    return new Promise((resolve, reject) => {
        const p = spawn('wrk', ['-t1', `-c${connections}`, `-d${o.seconds}s`, '-s', 'bench/wrk.lua', `http://127.0.0.1:${server.port}`],
            { env: { ...process.env, NUAN_COOKIE: cookie, NUAN_PATHS: list }, stdio: ['ignore', 'pipe', 'inherit'] });
        let out = '';
        p.stdout.on('data', (part) => out += part);
        p.on('exit', () => out.includes('JSON') ? resolve(JSON.parse(/JSON (.*)/.exec(out)[1])) : reject(new Error(out)));
    });
}

async function measure(server, name, connections, cookie, paths) {
    const rounds = [];
    for (let i = 0; i < Number(o.rounds); i++) {
        const cpu = server.cpu(), r = await wrk(server, connections, cookie, paths);
        rounds.push({ ...r, cpu: (server.cpu() - cpu) / r.requests });
    }
    const of = (pick) => median(rounds.map(pick));
    const result = { name, connections, rate: of((r) => r.requests / (r.us / 1e6)), p50: of((r) => r.p50 / 1000), p95: of((r) => r.p95 / 1000),
        p99: of((r) => r.p99 / 1000), cpu: of((r) => r.cpu), errors: rounds.reduce((n, r) => n + r.errors, 0) };
    say(`${name.padEnd(34)} ${String(connections).padStart(3)} connections ${result.rate.toFixed(0).padStart(6)}/s  p50 ${result.p50.toFixed(1)}`
        + `  p95 ${result.p95.toFixed(1)} ms  ${result.cpu.toFixed(2)} ms of processor time${result.errors ? `  ${result.errors} ERRORS` : ''}`);
    return result;
}

const ids_in = (html, pattern) => [...new Set([...html.matchAll(pattern)].map((m) => m[1]))];

// Real addresses: those that the lists themselves link to.
async function pages(server, csv) {
    const worker = await server.sign_in('worker1', password), head = await server.sign_in('head', password);
    const wide = await server.sign_in('supervisor', password);
    const cases = ids_in((await server.ask('/cases', worker)).text, /href="\/cases\/(\d{10,})"/g);
    const people_page = (await server.ask('/people', head)).text, people = ids_in(people_page, /href="\/people\/(\d{10,})"/g);
    const numbers = readFileSync(csv, 'utf8').split('\n').slice(1, 20).map((l) => l.split(',')[2]);
    const each = (prefix, list) => list.map((x) => prefix + encodeURIComponent(x));
    if (cases.length === 0 || people.length === 0) throw new Error('the lists are empty');
    return [
        ['case list, worker', worker, ['/cases']],
        ['case list, head of station', head, ['/cases', '/cases?page=2', '/cases?page=9']],
        ['case list, supervisor (area)', wide, ['/cases?view=all', '/cases?view=all&page=3']],
        ['case list, filtered', head, ['/cases?view=all&state=intervention', '/cases?view=late', '/cases?view=all&urgency=2', '/cases?view=dormant']],
        ['person list, head of station', head, ['/people', '/people?sort=newest']],
        ['person list, filtered', head, ['/people?category=A01', '/people?age=elder&sex=2', '/people?q=%E7%A7%80%E8%8B%B1']],
        ['person list, supervisor (area)', wide, ['/people']],
        ['person page', head, each('/people/', people)],
        ['case page', worker, each('/cases/', cases)],
        ['search by name', head, each('/search?q=', ['秀英', '建国', '王秀', '李海', '张明', '陈静', '桂兰', '志强'])],
        ['search by pinyin', head, each('/search?q=', ['wangxiu', 'xiuying', 'lihai', 'chenjing', 'zhangm', 'jianguo'])],
        ['search by initials', head, each('/search?q=', ['wxy', 'ljg', 'zmh', 'cj', 'lh'])],
        ['search by ID number (not there)', head, each('/search?q=', numbers)],
    ].filter(([name]) => wanted.test(name));
}

// The same from the levels of a province.
async function province_pages(server) {
    const worker = await server.sign_in('s5w3', password), head = await server.sign_in('s1w0', password);
    const county = await server.sign_in('county1', password), top = await server.sign_in('province', password);
    const cases = ids_in((await server.ask('/cases', worker)).text, /href="\/cases\/(\d{10,})"/g);
    const people = ids_in((await server.ask('/people', head)).text, /href="\/people\/(\d{10,})"/g), each = (prefix, list) => list.map((x) => prefix + encodeURIComponent(x));
    return [
        ['case list, worker', worker, ['/cases']],
        ['case list, head of station', head, ['/cases', '/cases?view=all&page=2']],
        ['case list, filtered', head, ['/cases?view=all&state=intervention', '/cases?view=late', '/cases?view=all&urgency=2', '/cases?view=dormant']],
        ['person list, head of station', head, ['/people', '/people?sort=newest']],
        ['person list, filtered', head, ['/people?category=A01', '/people?age=elder&sex=2', '/people?q=%E7%A7%80%E8%8B%B1']],
        ['person page', head, each('/people/', people)],
        ['case page', worker, each('/cases/', cases)],
        ['search by name', head, each('/search?q=', ['秀英', '建国', '王秀', '李海', '张明', '陈静', '桂兰', '志强'])],
        ['search by pinyin', head, each('/search?q=', ['wangxiu', 'xiuying', 'lihai', 'chenjing', 'zhangm', 'jianguo'])],
        ['search by initials', head, each('/search?q=', ['wxy', 'ljg', 'zmh', 'cj', 'lh'])],
        ['figures of a station, year', head, ['/figures']],
        ['figures of a county, year', county, ['/figures']],
        ['figures of the province, year', top, ['/figures']],
    ].filter(([name]) => wanted.test(name));
}

// ---- New records: so many clients, each waiting for its answer before it saves the next.

async function save_people(server, writers, each) {
    const { cookie, csrf } = await server.sign_in(province ? 's5w3' : 'worker1', password), times = [];
    const one = async (w) => {
        for (let i = 0; i < each; i++) {
            const began = performance.now();
            const r = await server.ask('/people/new', { cookie, form: { csrf, name: `新增${w}号${performance.now()}`, sex: '1', address: '村部旁' } });
            if (r.status !== 303) throw new Error(`a person was not saved: ${r.status}`);
            times.push(performance.now() - began);
        }
    };
    const cpu = server.cpu(), began = performance.now();
    await Promise.all(Array.from({ length: writers }, (_, w) => one(w)));
    const seconds = (performance.now() - began) / 1000, sorted = times.sort((a, b) => a - b);
    return { p50: sorted[Math.floor(sorted.length * 0.5)], p95: sorted[Math.floor(sorted.length * 0.95)], rate: sorted.length / seconds,
        cpu: (server.cpu() - cpu) / sorted.length };
}

// ---- Import, by the command: the same code as behind the page.

function import_roster(csv, more) {
    const args = ['import', 'people', csv, '--dir', work, '--unit', '350424100', ...more];
    const out = execFileSync(nuan, args, { maxBuffer: 1 << 28 }).toString(), rate = Number(/([\d.]+) rows\/s/.exec(out)?.[1]);
    if (!rate) throw new Error(`the import failed: ${out.slice(-300)}`);
    say(out.trim().split('\n').at(-1));
    return rate;
}

async function starts(n) {
    const times = [];
    for (let i = 0; i < n; i++) {
        const server = new Server(nuan, work, port);
        times.push(await server.start());
        await server.stop();
    }
    return median(times);
}

// The same lists through nginx, which turns to two servers on one database.
async function two_servers(first, csv, more, result) {
    const second = new Server(nuan, work, port + 1, more);
    await second.start();
    const proxy = nginx(path.resolve(o.dir), port + 2, [port, port + 1]);
    await new Promise((r) => setTimeout(r, 500));
    const both = Object.assign(new Server(nuan, work, port + 2), { cpu: () => first.cpu() + second.cpu(), process: first.process });
    for (const [name, session, paths] of (await pages(both, csv)).filter(([n]) => /head|page|search by (name|pinyin)/.test(n)))
        result.lists.push(await measure(both, `${name}, two servers behind nginx`, 16, session.cookie, paths));
    proxy.stop();
    await second.stop();
}

async function main() {
    const csv = make_data(), result = { lists: [], machine: `${os.cpus().length} processors (${os.cpus()[0].model}), ${Math.round(os.totalmem() / 2 ** 30)} GB`,
        load: [], options: o, on: new Date().toISOString().slice(0, 10) };
    result.load.push(os.loadavg()[0]);
    const pg = o.postgres ? postgres(nuan, work) : null, more = pg ? ['--db', pg.url] : [];
    result.start = await starts(pg ? 0 : 7);
    if (!pg) say(`start to first answer ${result.start.toFixed(0)} ms`);
    const server = new Server(nuan, work, port, more);
    await server.start();
    for (const [name, session, paths] of await (province ? province_pages(server) : pages(server, csv)))
        for (const connections of name.startsWith('figures') ? [1, 16] : [16, 64]) result.lists.push(await measure(server, name, connections, session.cookie, paths));
    if (wanted.test('new record')) {
        const rounds = [];
        for (let i = 0; i < Number(o.rounds); i++) rounds.push(await save_people(server, 16, 200));
        result.save = rounds.sort((a, b) => a.p95 - b.p95)[Math.floor(rounds.length / 2)];
        say(`new record, 16 writers: p50 ${result.save.p50.toFixed(1)}, p95 ${result.save.p95.toFixed(1)} ms, ${result.save.rate.toFixed(0)}/s, `
            + `${result.save.cpu.toFixed(2)} ms of processor time`);
    }
    if (pg) await two_servers(server, csv, more, result);
    result.rss = server.most;
    say(`most memory ${(server.most / 2 ** 20).toFixed(0)} MB`);
    await server.stop();
    pg?.stop();
    if (wanted.test('import') && !province && !pg) result.import = { dry: import_roster(csv, ['--dry-run']), run: import_roster(csv, []) };
    result.load.push(os.loadavg()[0]);
    if (!province) rmSync(work, { recursive: true, force: true });
    write_page(result, !o['no-page'] && o.only === '', province ? 'province' : pg ? 'postgres' : 'measured');
}

await main();
