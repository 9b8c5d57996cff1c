// Redmine's issues, behind puma: subject = name, issue category = unit, priority = category of the person.
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, writeFileSync } from 'node:fs';
import { asked, categories, rows, units } from '../rows.mjs';

export const name = 'Redmine', packages = ['redmine', 'redmine-sqlite', 'puma', 'sqlite3'];
const fresh = '/var/lib/dbconfig-common/sqlite3/redmine/instances/default/redmine_default', home = '/usr/share/redmine';
const quote = (s) => `'${String(s).replaceAll("'", "''")}'`, sha1 = (s) => createHash('sha1').update(s).digest('hex');
const priority = (category) => 1 + categories.indexOf(category) % 5;
const env = (dir) => ({ ...process.env, RAILS_ENV: 'production', X_DEBIAN_SITEID: 'default', REDMINE_LANG: 'en', DATABASE_URL: `sqlite3:${dir}/redmine.db`, RAILS_LOG_LEVEL: 'error' });

export async function setup(dir, n) {
    copyFileSync(fresh, `${dir}/redmine.db`);
    execFileSync('rake', ['redmine:load_default_data'], { cwd: home, env: env(dir), stdio: ['ignore', 'ignore', 'ignore'] });
    const now = "'2026-01-01 08:00:00'";
    const sql = ['PRAGMA journal_mode = WAL; BEGIN;',
        `UPDATE users SET hashed_password = '${sha1(`salt${sha1('nuan-bench-1')}`)}', salt = 'salt', must_change_passwd = 0 WHERE login = 'admin';`,
        `INSERT INTO settings (name, value, updated_on) VALUES ('per_page_options', '20,50,100', ${now});`,
        `INSERT INTO projects (id, name, identifier, is_public, created_on, updated_on, status, lft, rgt) VALUES (1, 'Bench', 'bench', 1, ${now}, ${now}, 1, 1, 2);`,
        "INSERT INTO enabled_modules (project_id, name) VALUES (1, 'issue_tracking'); INSERT INTO projects_trackers VALUES (1, 1);"];
    for (let u = 1; u <= units; u++) sql.push(`INSERT INTO issue_categories (id, project_id, name) VALUES (${u}, 1, '单位${u}');`);
    for (const r of rows(n))
        sql.push('INSERT INTO issues (id, tracker_id, project_id, subject, description, category_id, status_id, priority_id, author_id, lock_version, created_on, updated_on, done_ratio, root_id, lft, rgt)'
            + ` VALUES (${r.id}, 1, 1, ${quote(r.name)}, ${quote(r.address)}, ${r.unit}, 1, ${priority(r.category)}, 1, 0, ${now}, ${now}, 0, ${r.id}, 1, 2);`);
    sql.push('COMMIT; ANALYZE;');
    writeFileSync(`${dir}/redmine.sql`, sql.join('\n'));
    execFileSync('sqlite3', [`${dir}/redmine.db`], { input: `.read ${dir}/redmine.sql\n` });
}

export async function start(dir, port) {
    return [spawn('puma', ['-b', `tcp://127.0.0.1:${port}`, '-w', '2', '-t', '4:4', '--preload', 'config.ru'], { cwd: home, env: env(dir), stdio: ['ignore', 'ignore', 'ignore'] })];
}

export async function requests(ask) {
    const token = (text) => /name="csrf-token" content="([^"]+)"/.exec(text)?.[1] ?? '';      // that of all forms, not of one
    const page = await ask('/login'), pre = page.cookie('Redmine');
    const login = await ask('/login', { cookie: pre, form: { authenticity_token: token(page.text), username: 'admin', password: 'nuan-bench-1' } });
    const form = await ask('/projects/bench/issues/new', { cookie: login.cookie('Redmine') });
    const cookie = form.cookie('Redmine');         // the session itself, with the secret of the token in it
    const list = `/projects/bench/issues?set_filter=1&per_page=20&sort=subject&f[]=category_id&op[category_id]==&v[category_id][]=${asked.unit}`
        + `&f[]=priority_id&op[priority_id]==&v[priority_id][]=${priority(asked.category)}`;
    return { cookie, list: [list], detail: asked.ids.map((id) => `/issues/${id}`), search: [`/search?q=${encodeURIComponent(asked.name)}&issues=1&titles_only=1`],
        units: ['/projects/bench/issues/report/category'],
        create: { path: '/projects/bench/issues', type: 'application/x-www-form-urlencoded', body: new URLSearchParams({ authenticity_token: token(form.text), 'issue[tracker_id]': '1',
            'issue[subject]': '测秀英', 'issue[description]': '1号', 'issue[status_id]': '1', 'issue[priority_id]': '2', 'issue[category_id]': '3' }).toString() } };
}
