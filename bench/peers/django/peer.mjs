// Django admin, behind gunicorn.
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, writeFileSync } from 'node:fs';
import { asked, rows } from '../rows.mjs';

const here = new URL('.', import.meta.url).pathname;
export const name = 'Django admin', packages = ['python3-django', 'gunicorn'];

export async function setup(dir, n) {
    cpSync(here, `${dir}/django`, { recursive: true });
    writeFileSync(`${dir}/django/rows.json`, [...rows(n)].map((r) => JSON.stringify(r)).join('\n'));
    execFileSync('/usr/bin/python3', ['fill.py', 'rows.json'], { cwd: `${dir}/django`, env: { ...process.env, BENCH_DB: `${dir}/django.db` }, stdio: ['ignore', 'ignore', 'inherit'] });
}

export async function start(dir, port) {
    return [spawn('/usr/bin/gunicorn', ['--workers', '4', '--worker-class', 'gthread', '--threads', '4', '--bind', `127.0.0.1:${port}`, '--keep-alive', '30',
        '--log-level', 'error', 'wsgi:application'], { cwd: `${dir}/django`,
        env: { ...process.env, BENCH_DB: `${dir}/django.db`, DJANGO_SETTINGS_MODULE: 'settings', PYTHONPATH: `${dir}/django` }, stdio: ['ignore', 'ignore', 'inherit'] })];
}

export async function requests(ask) {
    const page = await ask('/admin/login/'), pre = page.cookie('csrftoken');
    const token = /name="csrfmiddlewaretoken" value="([^"]+)"/.exec(page.text)[1];
    const login = await ask('/admin/login/?next=/admin/', { cookie: pre, form: { csrfmiddlewaretoken: token, username: 'admin', password: 'nuan-bench-1', next: '/admin/' } });
    const cookie = `${login.cookie('csrftoken')}; ${login.cookie('sessionid')}`;
    const csrf = /name="csrfmiddlewaretoken" value="([^"]+)"/.exec((await ask('/admin/register/person/add/', { cookie })).text)[1];
    return { cookie, list: [`/admin/register/person/?unit__id__exact=${asked.unit}&category__exact=${asked.category}`],
        detail: asked.ids.map((id) => `/admin/register/person/${id}/change/`), search: [`/admin/register/person/?q=${encodeURIComponent(asked.name)}`],
        units: ['/admin/register/unit/'],
        create: { path: '/admin/register/person/add/', type: 'application/x-www-form-urlencoded', expect: 302, body: new URLSearchParams({ csrfmiddlewaretoken: csrf, name: '测秀英', sex: '2',
            born: '1950-01-01', unit: '3', category: 'B02', phone: '', address: '1号', _save: '1' }).toString() } };
}
