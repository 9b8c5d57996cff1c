// The table of a measurement, on the terminal and in docs/performance.md between two marks; the words around it are written by hand.

import { readFileSync, writeFileSync } from 'node:fs';

const page = 'docs/performance.md';

const verdict = (ok) => ok ? 'kept' : '**missed**';

// Lists, pages and search: p95 of 10 ms at 16 connections.  Dashboards: 20 ms for one who asks.
function budget(l) {
    if (l.name.startsWith('figures')) return l.connections === 1 ? `≤ 20 ms: ${verdict(l.p95 <= 20)}` : '';
    return l.connections === 16 ? `≤ 10 ms: ${verdict(l.p95 <= 10)}` : '';
}

function lists(r) {
    const rows = ['| what | connections | pages/s | p50 ms | p95 ms | p99 ms | processor ms/page | budget |', '|---|--:|--:|--:|--:|--:|--:|---|'];
    for (const l of r.lists)
        rows.push(`| ${l.name} | ${l.connections} | ${l.rate.toFixed(0)} | ${l.p50.toFixed(1)} | ${l.p95.toFixed(1)} | ${l.p99.toFixed(1)} | `
            + `${l.cpu.toFixed(2)} | ${budget(l)}${l.errors ? ` ${l.errors} errors` : ''} |`);
    return rows;
}

function others(r, mark) {
    const rows = ['| what | measured | budget | |', '|---|--:|--:|---|'];
    const add = (what, value, unit, budget, ok) => rows.push(`| ${what} | ${value.toFixed(0)} ${unit} | ${budget} ${unit} | ${verdict(ok)} |`);
    const most = Math.max(...r.lists.filter((l) => l.name.startsWith('case list')).map((l) => l.rate), 0);
    add('case-list pages a second', most, '/s', '≥ 2,000', most >= 2000);
    if (r.save) add('durable new record, p95, 16 writers', r.save.p95, 'ms', '≤ 25', r.save.p95 <= 25);
    if (r.import) {
        add('import, dry run', r.import.dry, 'rows/s', '≥ 20,000', r.import.dry >= 20000);
        add('import', r.import.run, 'rows/s', '≥ 20,000', r.import.run >= 20000);
    }
    add('resident memory, most', r.rss / 2 ** 20, 'MB', '< 150', r.rss < 150 * 2 ** 20);
    if (mark !== 'postgres') add('start to first answer', r.start, 'ms', '≤ 200', r.start <= 200);
    return rows;
}

// mark: "measured", "province" or "postgres".
export function write_page(r, keep, mark) {
    const o = r.options, head = `Measured ${r.on} on ${r.machine}; the machine was shared and noisy (load ${r.load.map((l) => l.toFixed(1)).join(' to ')} beside the `
        + `benchmark's own wrk or node client). Data: ${o.people} people, ${o.cases} cases, `
        + `${mark === 'province' ? `${o.records} records, ${o.stations} stations of a province` : '16 stations of one county'}, ${mark === 'postgres' ? 'PostgreSQL 15 on the same machine, with fsync' : 'SQLite'}. Medians of ${o.rounds} rounds of ${o.seconds} s.`;
    const text = [head, '', ...lists(r), '', ...others(r, mark)].join('\n');
    console.log(text);
    if (!keep) return;
    const from = `<!-- ${mark} -->`, to = `<!-- /${mark} -->`;
    const old = readFileSync(page, 'utf8'), a = old.indexOf(from), b = old.indexOf(to);
    if (a < 0 || b < 0) throw new Error(`${page} has lost its marks`);
    writeFileSync(page, `${old.slice(0, a + from.length)}\n${text}\n${old.slice(b)}`);
}
