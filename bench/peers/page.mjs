// The table of a comparison, on the terminal and in docs/peers.md between two marks.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const page = 'docs/peers.md', from = '<!-- measured -->', to = '<!-- /measured -->';
const whats = { list: 'filtered list of 20', detail: 'one record', search: 'search by name', units: 'count by unit', create: 'durable new record' };

export function write_page(results, { options: o, machine, minutes, keep }) {
    const own = results.find((r) => r.name === 'nuan'), lines = [];
    lines.push(`\`./dev bench peers\`, ${new Date().toISOString().slice(0, 10)}, ${minutes.toFixed(0)} minutes on ${machine}, shared with wrk; ${o.rows} records, ${o.connections} connections, medians of ${o.rounds} rounds of `
        + `${o.seconds} s. Requests a second; in brackets how many times as many nuan answers; then processor time a request.`, '');
    lines.push(`| system | ${Object.values(whats).join(' | ')} | memory |`, `|---|${Object.keys(whats).map(() => '--:|').join('')}--:|`);
    for (const r of results) {
        const cell = (what) => {
            const v = r[what], n = own?.[what];
            if (!v) return r.failed ? 'failed' : '–';
            const ratio = r === own || !n ? '' : ` (${(n.rate / v.rate).toFixed(n.rate / v.rate < 10 ? 1 : 0)}×)`;
            return `${v.rate.toFixed(0)}/s${ratio}<br>${v.cpu.toFixed(0)} µs${what === 'create' && r.writers ? `<br>${r.writers} connection` : ''}${v.errors ? ` ${v.errors} errors` : ''}`;
        };
        lines.push(`| ${r.name} | ${Object.keys(whats).map(cell).join(' | ')} | ${r.rss ? `${r.rss.toFixed(0)} MB` : '–'} |`);
    }
    // The loop has no server: its time for a list is the processor time of it.
    const bare = results.find((r) => r.bare)?.bare, list = own?.list;
    if (bare) lines.push(`| bare loop in C, one processor | ${bare.toFixed(0)}/s${list ? ` (${(list.rate / bare).toFixed(2)}×)` : ''}<br>${(1e6 / bare).toFixed(0)} µs | – | – | – | – | – |`);
    if (bare && list) lines.push('', `For each microsecond of a processor nuan answers ${(1e8 / bare / list.cpu).toFixed(0)} % of the lists of the bare loop.`);
    console.log(lines.join('\n'));
    if (!keep || !existsSync(page)) return;
    const old = readFileSync(page, 'utf8'), a = old.indexOf(from), b = old.indexOf(to);
    if (a < 0 || b < 0) throw new Error(`${page} has lost its marks`);
    writeFileSync(page, `${old.slice(0, a + from.length)}\n${lines.join('\n')}\n${old.slice(b)}`);
}
