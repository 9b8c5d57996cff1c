// Express and SQLite, made by hand.
import { execFileSync, spawn } from 'node:child_process';
import { asked, rows } from '../rows.mjs';

const here = new URL('.', import.meta.url).pathname;
export const name = 'Express + SQLite, by hand', packages = [];

export async function setup(dir, n) {
    execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: here, stdio: ['ignore', 'ignore', 'inherit'] });
    const { default: Database } = await import(`${here}node_modules/libsql/index.js`);
    process.argv[2] = `${dir}/express.db`;
    process.argv[3] = '';
    const { pairs_of } = await import('./server.mjs');
    const db = new Database(`${dir}/express.db`);
    const add = db.prepare('INSERT INTO person VALUES (?, ?, ?, ?, ?, ?, ?, ?)'), pair = db.prepare('INSERT OR IGNORE INTO pair VALUES (?, ?)');
    db.exec('BEGIN');
    for (const r of rows(n)) {
        add.run(r.id, r.name, r.sex, r.born, r.unit, r.category, r.phone, r.address);
        for (const p of pairs_of(r.name)) pair.run(p, r.id);
    }
    db.exec('COMMIT');
    db.exec('ANALYZE');
    db.close();
}

export async function start(dir, port) {
    return [spawn('node', ['server.mjs', `${dir}/express.db`, String(port)], { cwd: here, env: { ...process.env, NODE_ENV: 'production' }, stdio: ['ignore', 'ignore', 'inherit'] })];
}

export async function requests(ask) {
    const login = await ask('/login'), cookie = login.cookie('sid'), csrf = login.text;
    return { cookie, list: [`/people?unit=${asked.unit}&category=${asked.category}`], detail: asked.ids.map((id) => `/people/${id}`),
        search: [`/search?q=${encodeURIComponent(asked.name)}`], units: ['/units'],
        create: { path: '/people', type: 'application/x-www-form-urlencoded', body: new URLSearchParams({ csrf, name: '测秀英', sex: '2', born: '1950-01-01', unit: '3', category: 'B02', address: '1号' }).toString() } };
}
