// The table of a measurement, on the terminal and in docs/performance.md between two marks; the words around it are written by hand.

import { readFileSync, writeFileSync } from 'node:fs';

const page = 'docs/performance.md';
const verdict = (ok) => ok ? 'kept' : '**missed**';

// Lists, pages and search: p95 of 10 ms at 16 connections.  Dashboards and the lamps of a station: 20 ms for one who asks, the matrix of a province: 100.  A new record: 25 ms.
function budget(l) {
    if (l.name.startsWith('dashboard')) return l.connections === 1 ? `≤ 20 ms: ${verdict(l.p95 <= 20)}` : '';
    if (l.name.startsWith('lamps of a station') || l.name.startsWith('matrix')) {
        const alone = l.name.startsWith('matrix') ? 100 : 20;
        return l.connections === 1 ? `≤ ${alone} ms: ${verdict(l.p95 <= alone)}` : '';
    }
    if (l.connections !== 16 || l.name.startsWith('PDF')) return '';
    const most = l.name.startsWith('new record') || l.name.startsWith('form saved') ? 25 : 10;
    return `≤ ${most} ms: ${verdict(l.p95 <= most)}`;
}

function lists(r) {
    const rows = ['| what | connections | pages/s | p50 ms | p95 ms | p99 ms | processor ms/page | budget (p95) |', '|---|--:|--:|--:|--:|--:|--:|---|'];
    for (const l of r.lists)
        rows.push(`| ${l.name} | ${l.connections} | ${l.rate.toFixed(0)} | ${l.p50.toFixed(1)} | ${l.p95.toFixed(1)} | ${l.p99.toFixed(1)} | `
            + `${l.cpu.toFixed(2)} | ${budget(l)}${l.errors ? ` ${l.errors} errors` : ''} |`);
    return rows;
}

function others(r) {
    const rows = ['| what | measured | budget | |', '|---|--:|--:|---|'];
    const add = (what, value, unit, limit, ok) => rows.push(`| ${what} | ${value.toFixed(0)} ${unit} | ${limit ? `${limit} ${unit}` : ''} | ${limit ? verdict(ok) : ''} |`);
    const most = Math.max(...r.lists.filter((l) => l.name.startsWith('case list')).map((l) => l.rate), 0);
    if (r.what === 'county') add('case-list pages a second', most, '/s', '≥ 2,000', most >= 2000);
    if (r.exported) add(`export of ${r.exported.rows} people as a spreadsheet`, r.exported.rate, 'rows/s');
    if (r.import) {
        add('import, dry run', r.import.dry, 'rows/s', '≥ 20,000', r.import.dry >= 20000);
        add('import', r.import.run, 'rows/s', '≥ 20,000', r.import.run >= 20000);
    }
    if (r.rules) {
        add('all rules of 1,600 stations and 20,000 staff, first run', r.rules.first / 1000, 's', '≤ 10', r.rules.first <= 10000);
        add('the same again: nothing changed', r.rules.again / 1000, 's', '≤ 10', r.rules.again <= 10000);
    }
    const memory = r.what === 'county' ? 150 : 200;
    if (r.rss) add('resident memory, most', r.rss / 2 ** 20, 'MB', `≤ ${memory}`, r.rss <= memory * 2 ** 20);
    if (r.rss_paper) add('the same after papers were printed', r.rss_paper / 2 ** 20, 'MB');
    if (r.start) add('start to first answer', r.start, 'ms', '≤ 200', r.start <= 200);
    return rows;
}

function day(d) {
    const hours = 8;
    return [`${d.workers} workers click ${d.clicks} times on a day; without their pauses, ${d.connections} at a time, all were answered in ${d.seconds.toFixed(0)} s: `
        + `${(hours * 3600 / d.seconds).toFixed(0)} times as fast as the ${hours} hours of the day. ${d.cpu.toFixed(2)} ms of the server's processor time a click: `
        + `${(d.cpu * d.clicks / 1000 / (hours * 3600) * 100).toFixed(1)} % of one processor over the day. ${d.errors} errors.`, '',
    '| what | clicks | p50 ms | p95 ms | p99 ms |', '|---|--:|--:|--:|--:|',
    ...d.rows.map((r) => `| ${r.name} | ${r.times} | ${r.p50.toFixed(1)} | ${r.p95.toFixed(1)} | ${r.p99.toFixed(1)} |`)];
}

// A page that shows more units may cost more: what it costs is compared with what it shows.
function growth(g) {
    const title = (n) => n.toLocaleString('en');
    return [`| processor ms a request | ${g.sizes.map((s) => `${title(s)} people`).join(' | ')} | growth | of the page | budget |`, `|---|${g.sizes.map(() => '--:|').join('')}--:|--:|---|`,
        ...g.rows.map((r) => {
            const times = r.cpu.at(-1) / r.cpu[0], page = r.bytes.at(-1) / r.bytes[0];
            return `| ${r.name} | ${r.cpu.map((c) => c.toFixed(2)).join(' | ')} | ${times.toFixed(2)}× | ${page.toFixed(2)}× | < 1.5×: ${verdict(times < 1.5 * Math.max(1, page))} |`;
        })];
}

function data_of({ what, options: o }) {
    if (what === 'rules') return `20,000 staff in ${o.stations} stations of a province, SQLite`;
    if (what === 'province' || what === 'day') return `${o.people} people, ${o.cases} cases, ${o.records} records, ${o.stations} stations of a province, SQLite`;
    if (what === 'growth') return 'a province of stations with 625 people each, a case for each fifth person, five records for each, SQLite';
    if (what === 'country') return 'a unit for each of the divisions of the country, SQLite';
    return `${o.people} people, ${o.cases} cases, 16 stations of one county, ${what === 'postgres' ? 'PostgreSQL 15 on the same machine, with fsync' : 'SQLite'}`;
}

export function write_page(r, keep) {
    const o = r.options, command = `./dev bench${r.what === 'county' ? '' : ` ${r.what}`}`;
    const text = [`\`${command}\`, ${r.on}, ${r.minutes.toFixed(0)} minutes on ${r.machine}, load ${r.load.map((l) => l.toFixed(1)).join(' to ')} (with the benchmark's own client). `
        + `Data: ${data_of(r)}.${r.day ? '' : ` Medians of ${o.rounds} rounds of ${o.seconds} s.`}`, '',
    ...(r.growth ? growth(r.growth) : r.day ? day(r.day) : lists(r)), ...(r.growth ? [] : ['', ...others(r)])].join('\n');
    console.log(text);
    if (!keep) return;
    const from = `<!-- ${r.what} -->`, to = `<!-- /${r.what} -->`;
    const old = readFileSync(page, 'utf8'), a = old.indexOf(from), b = old.indexOf(to);
    if (a < 0 || b < 0) throw new Error(`${page} has lost its marks`);
    writeFileSync(page, `${old.slice(0, a + from.length)}\n${text}\n${old.slice(b)}`);
}
