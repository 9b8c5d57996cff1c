// The limits: nginx with the very bytes of nuan's list, and SQLite asked for them in a bare loop of C.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { asked } from '../rows.mjs';
import * as nuan from '../nuan/peer.mjs';

export const name = 'nginx, the bytes from a file', packages = ['nginx-light', 'sqlite3'];
const here = new URL('.', import.meta.url).pathname;

export async function setup() {}

// The list as nuan answers it, saved; nuan's data must be there.
export async function start(dir, port, build) {
    const { default: http } = await import('node:http');
    const [server] = await nuan.start(dir, port, build);
    const ask = (path, { cookie = '', form = null } = {}) => new Promise((resolve, reject) => {
        const body = form && new URLSearchParams(form).toString();
        const rq = http.request({ host: '127.0.0.1', port, path, method: body ? 'POST' : 'GET',
            headers: { Cookie: cookie, ...(body && { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': Buffer.byteLength(body) }) } }, (reply) => {
            const parts = [];
            reply.on('data', (part) => parts.push(part));
            reply.on('end', () => resolve({ status: reply.statusCode, headers: reply.headers, text: Buffer.concat(parts).toString(),
                cookie: (wanted) => (reply.headers['set-cookie'] ?? []).map((c) => c.split(';')[0]).find((c) => c.startsWith(`${wanted}=`)) ?? '' }));
        });
        rq.on('error', reject);
        rq.end(body ?? undefined);
    });
    for (let i = 0; i < 100 && !await ask('/login').then(() => true, () => false); i++) await new Promise((r) => setTimeout(r, 50));
    const rq = await nuan.requests(ask), page = (await ask(rq.list[0], { cookie: rq.cookie })).text;
    server.kill('SIGTERM');
    await new Promise((r) => server.on('exit', r));
    mkdirSync(`${dir}/limit/www`, { recursive: true });
    writeFileSync(`${dir}/limit/www/list.html`, page);
    writeFileSync(`${dir}/limit/nginx.conf`, `user root; worker_processes auto; pid ${dir}/limit/pid; error_log ${dir}/limit/error.log; events { worker_connections 512; }\n`
        + `http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; open_file_cache max=10; default_type text/html; server { listen 127.0.0.1:${port}; root ${dir}/limit/www; } }\n`);
    // The bare loop, one thread; both processors could do twice as much.
    execFileSync('cc', ['-O2', '-o', `${dir}/limit/loop`, `${here}loop.c`, '-lsqlite3']);
    const station = execFileSync('sqlite3', [`${dir}/nuan/nuan.db`, "SELECT unit_id FROM account WHERE login = 'head'"]).toString().trim();
    const rate = Number(execFileSync(`${dir}/limit/loop`, [`${dir}/nuan/nuan.db`, station, asked.category, '2', String(Buffer.byteLength(page))]).toString());
    process.stderr.write(`peers: a bare C loop answers the list ${rate}/s on one processor, ${(1e6 / rate).toFixed(0)} µs each\n`);
    bare = rate;
    return [spawn('nginx', ['-c', `${dir}/limit/nginx.conf`, '-g', 'daemon off;'], { stdio: ['ignore', 'ignore', 'ignore'] })];
}

export let bare = 0;
export async function requests() {
    return { cookie: '', list: ['/list.html'] };
}
