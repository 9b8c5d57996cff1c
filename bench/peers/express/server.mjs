// server.mjs DATABASE PORT -- what a team would write by hand: Express, prepared statements, a session cookie, a CSRF token, HTML by
// template strings.  No roles, no audit, no search index beside SQLite's own, but the same SQLite settings as nuan.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import Database from 'libsql';
import express from 'express';

const db = new Database(process.argv[2]), app = express(), sessions = new Map();
db.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-64000');
db.exec(`CREATE TABLE IF NOT EXISTS person (id INTEGER PRIMARY KEY, name TEXT NOT NULL, sex TEXT, born TEXT, unit INTEGER, category TEXT, phone TEXT, address TEXT);
CREATE INDEX IF NOT EXISTS person_list ON person (unit, category, name, id); CREATE INDEX IF NOT EXISTS person_name ON person (name);
CREATE TABLE IF NOT EXISTS pair (pair TEXT, id INTEGER, PRIMARY KEY (pair, id)) WITHOUT ROWID`);
const q = {
    list: db.prepare('SELECT id, name, sex, born, category, phone FROM person WHERE unit = ? AND category = ? ORDER BY name, id LIMIT 20 OFFSET ?'),
    count: db.prepare('SELECT count(*) AS n FROM person WHERE unit = ? AND category = ?'),
    one: db.prepare('SELECT * FROM person WHERE id = ?'),
    search: db.prepare('SELECT p.id, p.name, p.born, p.unit FROM pair k JOIN person p ON p.id = k.id WHERE k.pair = ? ORDER BY p.name, p.id LIMIT 30'),
    units: db.prepare('SELECT unit, count(*) AS n FROM person GROUP BY unit ORDER BY unit'),
    add: db.prepare('INSERT INTO person (name, sex, born, unit, category, phone, address) VALUES (?, ?, ?, ?, ?, ?, ?)'),
    pair: db.prepare('INSERT OR IGNORE INTO pair (pair, id) VALUES (?, ?)'),
};
const html = (s) => String(s ?? '').replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
const page = (title, body) => `<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>${html(title)}</title><link rel="stylesheet" href="/app.css"></head>`
    + `<body><nav><a href="/">工作台</a> <a href="/people">服务对象</a></nav><h1>${html(title)}</h1>${body}</body></html>`;
export const pairs_of = (name) => { const c = [...name]; return c.map((x, i) => x + (c[i + 1] ?? '')); };

app.disable('x-powered-by');
app.use(express.urlencoded({ extended: false }));
app.get('/login', (rq, rs) => {
    const id = randomBytes(16).toString('hex');
    sessions.set(id, { csrf: createHash('sha256').update(id).digest('hex') });
    rs.setHeader('Set-Cookie', `sid=${id}; HttpOnly; Path=/`).send(sessions.get(id).csrf);
});
app.use((rq, rs, next) => {
    rq.session = sessions.get(/sid=([0-9a-f]+)/.exec(rq.headers.cookie ?? '')?.[1]);
    if (!rq.session) return rs.status(403).send('sign in');
    next();
});
app.get('/people', (rq, rs) => {
    const unit = Number(rq.query.unit), category = String(rq.query.category ?? ''), skip = Number(rq.query.skip) || 0;
    const rows = q.list.all(unit, category, skip), n = q.count.get(unit, category).n;
    rs.send(page('服务对象', `<p>${n}</p><table>${rows.map((r) => `<tr><td><a href="/people/${r.id}">${html(r.name)}</a></td><td>${r.sex === '1' ? '男' : '女'}</td>`
        + `<td>${html(r.born)}</td><td>${html(r.category)}</td><td>${html(r.phone)}</td></tr>`).join('')}</table>`));
});
app.get('/people/:id', (rq, rs) => {
    const r = q.one.get(Number(rq.params.id));
    if (!r) return rs.status(404).send('not found');
    rs.send(page(r.name, `<dl>${Object.entries(r).map(([k, v]) => `<dt>${k}</dt><dd>${html(v)}</dd>`).join('')}</dl>`));
});
app.get('/search', (rq, rs) => {
    const rows = q.search.all(String(rq.query.q).slice(0, 4));
    rs.send(page('搜索', `<ul>${rows.map((r) => `<li><a href="/people/${r.id}">${html(r.name)}</a> ${html(r.born)} ${r.unit}</li>`).join('')}</ul>`));
});
app.get('/units', (rq, rs) => rs.send(page('各单位', `<table>${q.units.all().map((r) => `<tr><td>${r.unit}</td><td>${r.n}</td></tr>`).join('')}</table>`)));
app.post('/people', (rq, rs) => {
    const b = rq.body, given = Buffer.from(String(b.csrf ?? '')), right = Buffer.from(rq.session.csrf);
    if (given.length !== right.length || !timingSafeEqual(given, right)) return rs.status(403).send('token');
    if (!b.name) return rs.status(422).send('name');
    db.exec('BEGIN IMMEDIATE');
    const { lastInsertRowid: id } = q.add.run(b.name, b.sex ?? '9', b.born ?? null, Number(b.unit), b.category ?? '', b.phone ?? '', b.address ?? '');
    for (const pair of pairs_of(b.name)) q.pair.run(pair, id);
    db.exec('COMMIT');
    rs.redirect(303, `/people/${id}`);
});
if (process.argv[3]) app.listen(Number(process.argv[3]), '127.0.0.1');
