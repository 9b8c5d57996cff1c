// bench/peers/run.mjs BUILD [--rows N] [--seconds N] [--rounds N] [--dir DIR] [--only PATTERN] [--connections N]
// The same records and the same five requests against what a team would pick instead, and against the limit: ratios in one run.
// Sets the systems up from the registries (apt, npm ci), serves them on loopback one after the other, writes docs/peers.md.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { machine, median } from '../measure.mjs';
import { write_page } from './page.mjs';

const text = (value) => ({ type: 'string', default: value });
const { values: o, positionals: [build = 'build-release'] } = parseArgs({ allowPositionals: true, options: {
    rows: text('100000'), seconds: text('3'), rounds: text('3'), dir: text('var/peers'), only: text(''), connections: text('16'), 'no-page': { type: 'boolean', default: false },
} });
o.dir = path.resolve(o.dir);
const here = new URL('.', import.meta.url).pathname, host = '127.0.0.1';
const say = (line) => process.stderr.write(`peers: ${line}\n`), sleep = (ms) => new Promise((r) => setTimeout(r, ms));

function need(packages) {
    const missing = packages.filter((p) => {
        try { return !execFileSync('dpkg-query', ['-W', '-f', '${db:Status-Status}', p], { stdio: ['ignore', 'pipe', 'ignore'] }).toString().startsWith('installed'); } catch { return true; }
    });
    if (missing.length === 0) return;
    say(`installing ${missing.join(' ')}`);
    const root = process.getuid() === 0 ? [] : ['sudo'];
    const run = (args) => execFileSync([...root, ...args][0], [...root, ...args].slice(1), { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, stdio: ['ignore', 'ignore', 'inherit'] });
    run(['apt-get', 'update', '-q']);
    run(['apt-get', 'install', '-q', '-y', '--no-install-recommends', ...missing]);
}

// ---- One server and all processes below it

function family(pid) {
    const of = new Map();
    for (const p of readdirSync('/proc').filter((x) => /^\d+$/.test(x))) {
        try { of.set(Number(p), Number(readFileSync(`/proc/${p}/stat`, 'utf8').replace(/^.*\) /, '').split(' ')[1])); } catch { /* gone */ }
    }
    const all = [pid];
    for (let i = 0; i < all.length; i++) for (const [p, parent] of of) if (parent === all[i]) all.push(p);
    return all;
}

// Milliseconds of processor time, megabytes resident.
function used(servers) {
    let cpu = 0, rss = 0;
    for (const p of servers.flatMap((s) => family(s.pid))) {
        try {
            const f = readFileSync(`/proc/${p}/stat`, 'utf8').replace(/^.*\) /, '').split(' ');
            cpu += (Number(f[11]) + Number(f[12]) + Number(f[13]) + Number(f[14])) * 10;
            rss += Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${p}/status`, 'utf8'))?.[1] ?? 0) / 1024;
        } catch { /* gone */ }
    }
    return { cpu, rss };
}

function asker(port) {
    return (path, { cookie = '', form = null } = {}) => new Promise((resolve, reject) => {
        const body = form && new URLSearchParams(form).toString();
        const rq = http.request({ host, port, path, method: body ? 'POST' : 'GET', headers: { Cookie: cookie, Referer: `http://${host}:${port}/`,
            ...(body && { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': Buffer.byteLength(body) }) } }, (reply) => {
            const parts = [];
            reply.on('data', (part) => parts.push(part));
            reply.on('end', () => resolve({ status: reply.statusCode, headers: reply.headers, text: Buffer.concat(parts).toString(),
                cookie: (wanted) => (reply.headers['set-cookie'] ?? []).map((c) => c.split(';')[0]).find((c) => c.startsWith(`${wanted}=`)) ?? '' }));
        });
        rq.on('error', reject);
        rq.end(body ?? undefined);
    });
}

function wrk(port, cookie, request, connections = o.connections) {
    const create = !Array.isArray(request);
    writeFileSync(`${o.dir}/paths`, (create ? [request.path] : request).join('\n') + '\n');
    writeFileSync(`${o.dir}/body`, create ? request.body : '');
    return new Promise((resolve, reject) => {
        const p = spawn('wrk', ['-t1', `-c${connections}`, `-d${o.seconds}s`, '--timeout', '20s', '-s', 'bench/wrk.lua', `http://${host}:${port}`], { stdio: ['ignore', 'pipe', 'inherit'],
            env: { ...process.env, NUAN_COOKIE: cookie, NUAN_PATHS: `${o.dir}/paths`, NUAN_BODY: create ? `${o.dir}/body` : '', NUAN_TYPE: create ? request.type : '', NUAN_REFERER: `http://${host}:${port}${create ? request.path : '/'}` } });
        let out = '';
        p.stdout.on('data', (part) => out += part);
        p.on('exit', () => out.includes('JSON') ? resolve(JSON.parse(/JSON (.*)/.exec(out)[1])) : reject(new Error(out)));
    });
}

// The answer must be a page with the record in it, and a new record must be taken, before it is worth measuring.
async function proof(ask, cookie, what, request) {
    if (what === 'create') {
        const r = await ask(request.path, { cookie, form: request.body });
        if (r.status !== 201 && (r.status < 300 || r.status > 303)) throw new Error(`create: ${request.path} answers ${r.status}: ${r.text.slice(0, 200)}`);
        return 0;
    }
    const r = await ask(request[0], { cookie });
    if (r.status !== 200 || r.text.length < 300) throw new Error(`${what}: ${request[0]} answers ${r.status} with ${r.text.length} bytes`);
    return r.text.length;
}

async function measure(peer, port) {
    const dir = `${o.dir}/data`, key = `${o.dir}/done-${peer.name.replace(/\W+/g, '-')}-${o.rows}`;
    need(peer.packages);
    if (!existsSync(key)) {
        say(`${peer.name}: setting up ${o.rows} records`);
        mkdirSync(dir, { recursive: true });
        await peer.setup(dir, Number(o.rows), build);
        writeFileSync(key, '');
    }
    rmSync(`${o.dir}/work`, { recursive: true, force: true });          // what is created in a run is not there in the next one
    execFileSync('cp', ['-a', '--reflink=auto', dir, `${o.dir}/work`]);
    const servers = await peer.start(`${o.dir}/work`, port, build), ask = asker(port), result = { name: peer.name };
    try {
        for (let i = 0; ; i++) {
            if (await ask('/').then(() => true, () => false)) break;
            if (i > 600) throw new Error('it does not answer');
            await sleep(100);
        }
        const rq = await peer.requests(ask);
        for (const what of ['list', 'detail', 'search', 'units', 'create']) {
            if (!rq[what]) continue;
            const bytes = await proof(ask, rq.cookie, what, rq[what]), rounds = [];
            const ask_all = () => wrk(port, rq.cookie, rq[what], what === 'create' ? peer.writers : undefined);
            await ask_all();                                            // warm
            for (let i = 0; i < Number(o.rounds); i++) {
                const before = used(servers), r = await ask_all(), after = used(servers);
                rounds.push({ rate: (r.requests - r.errors) / (r.us / 1e6), p95: r.p95 / 1000, cpu: (after.cpu - before.cpu) * 1000 / Math.max(1, r.requests), errors: r.errors });
            }
            result[what] = { rate: median(rounds.map((r) => r.rate)), p95: median(rounds.map((r) => r.p95)), cpu: median(rounds.map((r) => r.cpu)), bytes,
                errors: rounds.reduce((n, r) => n + r.errors, 0) };
            say(`${peer.name.padEnd(28)} ${what.padEnd(7)} ${result[what].rate.toFixed(0).padStart(7)}/s  p95 ${result[what].p95.toFixed(1)} ms  ${result[what].cpu.toFixed(0)} µs  ${result[what].errors} errors`);
        }
        result.rss = used(servers).rss;
        Object.assign(result, { bare: peer.bare, writers: peer.writers });
    } finally {
        for (const s of servers) for (const p of family(s.pid).reverse()) try { process.kill(p, 'SIGTERM'); } catch { /* gone */ }
        await sleep(700);
    }
    return result;
}

const began = performance.now();
const names = ['nuan', 'limit', 'express', 'django', 'fossil', 'redmine'].filter((n) => new RegExp(o.only).test(n)), results = [];
need(['wrk']);
for (const n of names) {
    if (!existsSync(`${here}${n}/peer.mjs`)) continue;
    try { results.push(await measure(await import(`./${n}/peer.mjs`), 8400 + results.length)); } catch (e) { say(`${n}: ${e.message}`); results.push({ name: n, failed: e.message }); }
}
write_page(results, { options: o, machine: machine(), minutes: (performance.now() - began) / 60000, keep: !o['no-page'] && o.only === '' });
