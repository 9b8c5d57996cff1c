// nuan itself, with its rights, its audit and its exact counts: the head of a station with a sixteenth of the people.
import { execFileSync, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { asked } from '../rows.mjs';

export const name = 'nuan', packages = [];
const password = 'nuan-demo-1';

export async function setup(dir, n, build) {
    rmSync(`${dir}/nuan`, { recursive: true, force: true });
    execFileSync(`${build}/nuan`, ['demo', '--fill-only', '--dir', `${dir}/nuan`], { stdio: ['ignore', 'ignore', 'inherit'] });
    execFileSync(`${build}/bench/bench-fill`, ['county', `${dir}/nuan/nuan.db`, `${dir}/nuan/nuan.key`, String(n), '0'], { stdio: ['ignore', 'ignore', 'inherit'] });
}

export async function start(dir, port, build) {
    return [spawn(`${build}/nuan`, ['serve', '--dir', `${dir}/nuan`, '--port', String(port), '--no-supervisor', '--no-request-log'], { stdio: ['ignore', 'ignore', 'ignore'] })];
}

async function sign_in(ask, who) {
    const page = await ask('/login'), pre = (page.headers['set-cookie'] ?? []).map((c) => c.split(';')[0]).join('; ');
    const csrf = (text) => /name="csrf" value="([0-9a-f]+)"/.exec(text)?.[1] ?? '';
    const cookie = (await ask('/login', { cookie: pre, form: { csrf: csrf(page.text), name: who, password, next: '/' } })).cookie('nuan');
    return { cookie, csrf: csrf((await ask('/me/sessions', { cookie })).text) };
}

export async function requests(ask) {
    const { cookie, csrf } = await sign_in(ask, 'head'), first = await ask('/people', { cookie });
    const ids = [...new Set([...first.text.matchAll(/href="\/people\/(\d{10,})"/g)].map((m) => m[1]))];
    return { cookie, list: [`/people?category=${asked.category}&per=20`], detail: ids.map((id) => `/people/${id}`), search: [`/search?q=${encodeURIComponent(asked.name)}`],
        units: ['/figures'],
        create: { path: '/people/new', type: 'application/x-www-form-urlencoded', body: new URLSearchParams({ csrf, name: '测秀英', sex: '2', born: '1950-01-01', address: '1号' }).toString() } };
}
