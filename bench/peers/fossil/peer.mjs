// Fossil's tickets: one C program, one SQLite file, HTML from the server; the nearest architecture.
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { asked, rows } from '../rows.mjs';

// Two new tickets at once: one is refused at once, "database is locked", also with the write-ahead log; so one client creates.
export const name = 'Fossil tickets', packages = ['fossil', 'sqlite3'], writers = 1;
const quote = (s) => `'${String(s).replaceAll("'", "''")}'`, uuid = (i) => createHash('sha1').update(`ticket ${i}`).digest('hex');

export async function setup(dir, n) {
    const repo = `${dir}/fossil/bench.fossil`;
    rmSync(`${dir}/fossil`, { recursive: true, force: true });
    mkdirSync(`${dir}/fossil`, { recursive: true });
    const fossil = (...args) => execFileSync('fossil', args, { env: { ...process.env, HOME: `${dir}/fossil`, USER: 'admin' }, stdio: ['ignore', 'ignore', 'inherit'] });
    fossil('init', '-A', 'admin', repo);
    fossil('user', 'password', 'admin', 'nuan-bench-1', '-R', repo);
    fossil('user', 'capabilities', 'admin', 's', '-R', repo);
    const sql = [`BEGIN; CREATE INDEX IF NOT EXISTS ticket_list ON ticket (subsystem, severity, title);`];
    // title = name, subsystem = unit, severity = category, as a team would map them
    for (const r of rows(n))
        sql.push(`INSERT INTO ticket (tkt_id, tkt_uuid, tkt_mtime, tkt_ctime, type, status, subsystem, priority, severity, foundin, private_contact, resolution, title, comment)`
            + ` VALUES (${r.id}, '${uuid(r.id)}', 2460000 + ${r.id} / 1000.0, 2460000 + ${r.id} / 1000.0, 'Code_Defect', 'Open', '${r.unit}', 'Medium', '${r.category}', '', '', 'Open', ${quote(r.name)}, ${quote(r.address)});`);
    sql.push(`DELETE FROM reportfmt; INSERT INTO reportfmt (rn, owner, title, mtime, cols, sqlcode) VALUES (1, 'admin', 'list', 0, '',`
        + ` 'SELECT tkt_uuid AS ''#'', title, severity, subsystem, status FROM ticket WHERE subsystem = ''${asked.unit}'' AND severity = ''${asked.category}'' ORDER BY title LIMIT 20'),`
        + ` (2, 'admin', 'units', 0, '', 'SELECT subsystem, count(*) AS n FROM ticket GROUP BY 1'),`
        + ` (3, 'admin', 'search', 0, '', 'SELECT tkt_uuid AS ''#'', title, severity FROM ticket WHERE title LIKE ''%${asked.name}%'' ORDER BY title LIMIT 30'); COMMIT; ANALYZE; PRAGMA journal_mode = WAL;`);
    writeFileSync(`${dir}/fossil/fill.sql`, sql.join('\n'));
    execFileSync('sqlite3', [repo], { input: `.read ${dir}/fossil/fill.sql\n` });
}

export async function start(dir, port) {
    return [spawn('fossil', ['server', `${dir}/fossil/bench.fossil`, '--port', String(port), '--localhost', '--max-latency', '60'], { cwd: `${dir}/fossil`,
        env: { ...process.env, HOME: `${dir}/fossil`, USER: 'admin' }, stdio: ['ignore', 'ignore', 'ignore'] })];
}

export async function requests(ask) {
    const login = await ask('/login', { form: { u: 'admin', p: 'nuan-bench-1', in: 'Login' } });
    const cookie = (login.headers['set-cookie'] ?? []).map((c) => c.split(';')[0]).join('; ');
    const page = await ask('/tktnew', { cookie }), csrf = /name="csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
    return { cookie, list: ['/rptview?rn=1'], detail: asked.ids.map((id) => `/tktview/${uuid(id)}`), search: ['/rptview?rn=3'], units: ['/rptview?rn=2'],
        create: { path: '/tktnew', type: 'application/x-www-form-urlencoded', body: new URLSearchParams({ csrf, title: '测秀英', type: 'Code_Defect', severity: 'B02', subsystem: '3',
            icomment: '1号', mutype: 'Plain Text', submit: 'Submit' }).toString() } };
}
