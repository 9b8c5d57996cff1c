// One nuan server, started to be measured: its memory, its processor time, signed-in sessions.

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import http from 'node:http';

const host = '127.0.0.1';

export class Server {
    // more: further options of "nuan serve".
    constructor(nuan, dir, port, more = []) {
        Object.assign(this, { nuan, dir, port, more, most: 0 });
        this.agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
    }

    // Milliseconds from the start of the process to its first answer.
    async start() {
        const began = performance.now();
        this.process = spawn(this.nuan, ['serve', '--dir', this.dir, '--port', String(this.port), '--no-supervisor', '--no-request-log', ...this.more], { stdio: 'inherit' });
        for (;;) {
            const answer = await this.ask('/login').catch(() => null);
            if (answer?.status === 200) break;
            if (performance.now() - began > 20000) throw new Error('the server does not answer');
            await new Promise((r) => setTimeout(r, 2));
        }
        this.watch = setInterval(() => this.rss(), 100);
        return performance.now() - began;
    }

    // Until its own first round of the rules is over, which is no part of a page; a minute at most.
    async idle() {
        for (let i = 0, was = this.cpu(); i < 120; i++) {
            await new Promise((r) => setTimeout(r, 500));
            const now = this.cpu();
            if (now - was < 25) return;
            was = now;
        }
    }

    async stop() {
        clearInterval(this.watch);
        this.agent.destroy();
        const ended = new Promise((r) => this.process.on('exit', r));
        this.process.kill('SIGTERM');
        await ended;
    }

    // Resident memory now; the most of all calls stays in .most.  Bytes.
    rss() {
        const kb = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.process.pid}/status`, 'utf8'))?.[1] ?? 0);
        this.most = Math.max(this.most, kb * 1024);
        return kb * 1024;
    }

    // Processor time used so far, milliseconds (the kernel counts in hundredths of a second).
    cpu() {
        const f = readFileSync(`/proc/${this.process.pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ');
        return (Number(f[11]) + Number(f[12])) * 10;
    }

    ask(path, { cookie = '', form = null } = {}) {
        const body = form && new URLSearchParams(form).toString();
        const headers = { Cookie: cookie, ...(body && { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': Buffer.byteLength(body) }) };
        return new Promise((resolve, reject) => {
            const rq = http.request({ host, port: this.port, path, method: body ? 'POST' : 'GET', headers, agent: this.agent }, (reply) => {
                const parts = [];
                reply.on('data', (part) => parts.push(part));
                reply.on('end', () => {
                    const bytes = Buffer.concat(parts);
                    resolve({ status: reply.statusCode, headers: reply.headers, bytes, get text() { return bytes.toString(); } });
                });
            });
            rq.on('error', reject);
            rq.end(body ?? undefined);
        });
    }

    // A session of a demo account: { cookie, csrf }.
    async sign_in(name, password) {
        const page = await this.ask('/login');
        const pre = (page.headers['set-cookie'] ?? []).map((c) => c.split(';')[0]).join('; ');
        const csrf = csrf_of(page.text);
        const reply = await this.ask('/login', { cookie: pre, form: { csrf, name, password, next: '/' } });
        const cookie = (reply.headers['set-cookie'] ?? []).map((c) => c.split(';')[0]).find((c) => c.startsWith('nuan='));
        if (reply.status !== 303 || !cookie) throw new Error(`${name} cannot sign in: ${reply.status}`);
        return { cookie, csrf: csrf_of((await this.ask('/me/sessions', { cookie })).text) };
    }
}

function csrf_of(html) {
    return /name="csrf" value="([0-9a-f]+)"/.exec(html)?.[1] ?? '';
}
