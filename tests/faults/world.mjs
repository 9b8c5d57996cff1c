// What every scenario needs: a server on a place of its own, clients that write and read, and the count of what is left.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
export const now = () => performance.now();

export async function free_port() {
    const server = net.createServer();
    await new Promise((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address();
    await new Promise((done) => server.close(done));
    return port;
}

// The folders and databases of one run; the first place is made once for each engine and copied for each scenario.
export class World {
    constructor(build, pg) {
        Object.assign(this, { build, pg, nuan: `${build}/nuan`, dir: mkdtempSync(`${os.tmpdir()}/nuan-faults-`), made: new Map(), number: 0, ends: [] });
        execFileSync('chmod', ['755', this.dir]);
    }

    make(engine) {
        if (this.made.has(engine)) return this.made.get(engine);
        const dir = `${this.dir}/first-${engine}`, env = { ...process.env, NUAN_TEST_DB: '' };
        if (engine === 'pg') {
            this.pg.create('faults_first');
            env.NUAN_TEST_DB = this.pg.url('faults_first');
        }
        const said = execFileSync(`${this.build}/tests/faults/faults-place`, [dir], { env, maxBuffer: 1 << 26 }).toString();
        const first = { dir, ...JSON.parse(said) };
        this.made.set(engine, first);
        return first;
    }

    // A fresh copy: { dir, db, cookie, csrf, photos }.
    place(engine, dir = `${this.dir}/place-${++this.number}`) {
        const first = this.make(engine);
        mkdirSync(dir, { recursive: true });
        cpSync(first.dir, dir, { recursive: true });
        const place = { ...first, dir, engine, db: `${dir}/nuan.db` };
        if (engine === 'pg') {
            const name = `faults_${++this.number}`;
            this.pg.create(name, 'faults_first');
            place.db = this.pg.url(name);
        }
        return place;
    }

    // An empty place for a restore.
    empty(engine) {
        const dir = `${this.dir}/empty-${++this.number}`, name = `faults_${this.number}`;
        mkdirSync(dir);
        if (engine === 'pg') this.pg.create(name);
        return { dir, engine, db: engine === 'pg' ? this.pg.url(name) : `${dir}/nuan.db` };
    }

    run(place, ...args) {
        const r = spawnSync(this.nuan, [...args, '--dir', place.dir, '--db', place.db], { encoding: 'utf8' });
        return { status: r.status, text: r.stdout + r.stderr };
    }

    mount(size, ...what) {
        const dir = `${this.dir}/mount-${++this.number}`;
        mkdirSync(dir);
        const r = spawnSync('mount', [...what, ...(size ? ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs'] : []), dir], { encoding: 'utf8' });
        if (r.status !== 0) return null;
        this.ends.push(() => spawnSync('umount', ['-l', dir]));
        return dir;
    }

    close() {
        for (const end of this.ends.reverse()) end();
        rmSync(this.dir, { recursive: true, force: true });
    }
}

export class Server {
    constructor(world, place, { program = world.nuan, wrap = [], env = {}, args = [] } = {}) {
        Object.assign(this, { world, place, program, wrap, env, args, log: [] });
        this.agent = new http.Agent({ keepAlive: true, maxSockets: 256 });
    }

    async start() {
        this.port ??= await free_port();
        const [program, ...before] = [...this.wrap, this.program];
        this.process = spawn(program, [...before, 'serve', '--dir', this.place.dir, '--db', this.place.db, '--port', String(this.port), '--no-request-log', ...this.args],
            { env: { ...process.env, ...this.env }, stdio: ['ignore', 'ignore', 'pipe'] });
        this.process.stderr.on('data', (part) => this.log.push(part.toString()));
        this.ended = new Promise((done) => this.process.on('exit', (code) => done(code)));
        this.world.ends.push(() => this.process.kill('SIGKILL'));
        for (const began = now(); now() - began < 20000; await sleep(10)) {
            if ((await this.ask('/healthz').catch(() => null))?.status === 200) return this;
            if (this.process.exitCode !== null) break;
        }
        throw new Error(`the server does not answer: ${this.log.join('').slice(-600)}`);
    }

    async stop() {
        this.agent.destroy();
        this.process.kill('SIGTERM');
        return await this.ended;
    }

    // The serving process: the one child of the supervisor.
    child() {
        for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
            try {
                if (Number(readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ')[1]) === this.process.pid) return Number(pid);
            } catch { /* it ended */ }
        }
        return 0;
    }

    ask(path, { form = null, body = form && new URLSearchParams(form).toString(), type = 'application/x-www-form-urlencoded', patience = 30000 } = {}) {
        const headers = { Cookie: this.place.cookie ?? '', ...(body && { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) }) };
        return new Promise((resolve, reject) => {
            const rq = http.request({ host: '127.0.0.1', port: this.port, path, method: body ? 'POST' : 'GET', headers, agent: this.agent, timeout: patience }, (reply) => {
                const parts = [];
                reply.on('data', (part) => parts.push(part));
                reply.on('error', reject);
                reply.on('end', () => resolve({ status: reply.statusCode, headers: reply.headers, bytes: Buffer.concat(parts) }));
            });
            rq.on('timeout', () => rq.destroy(new Error('no answer in time')));
            rq.on('error', reject);
            rq.end(body ?? undefined);
        });
    }
}

// People who are registered by many clients at once: what was acknowledged, what was refused, and the longest time without
// an acknowledgement.
export class Load {
    constructor(server, { writers = 16 } = {}) {
        Object.assign(this, { server, writers, kept: [], refused: 0, refusals: new Map(), broken: 0, pause: 0, slowest: 0, reading: 0, misread: 0, running: true });
    }

    start() {
        this.last = now();
        this.work = [...Array(this.writers).keys()].map((n) => this.write(n));
        this.work.push(this.read());
        return this;
    }

    async write(n) {
        const csrf = this.server.place.csrf;
        for (let i = 0; this.running; i++) {
            const name = `张w${n}x${i}`, began = now();
            try {
                const r = await this.server.ask('/people/new', { form: { csrf, name, sex: '1' } });
                const id = /^\/people\/(\d+)/.exec(r.headers.location ?? '')?.[1];
                if (r.status === 303 && id) {
                    this.kept.push({ id, name });
                    this.pause = Math.max(this.pause, now() - this.last);
                    this.last = now();
                } else {
                    this.refused++;
                    this.refusals.set(r.status, (this.refusals.get(r.status) ?? 0) + 1);
                    await sleep(20);
                }
            } catch {
                this.broken++;
                await sleep(20);
            }
            this.slowest = Math.max(this.slowest, now() - began);
        }
    }

    async read() {
        for (; this.running; await sleep(20)) {
            const began = now();
            const r = await this.server.ask('/me/sessions').catch(() => ({ status: 0 }));
            if (r.status === 200) this.reading = Math.max(this.reading, now() - began);
            else this.misread++;
        }
    }

    // Until so many more were acknowledged; false when that takes too long.
    async more(n, patience = 20000) {
        const want = this.kept.length + n;
        for (const began = now(); this.kept.length < want; await sleep(10)) if (now() - began > patience) return false;
        return true;
    }

    async stop() {
        this.running = false;
        await Promise.all(this.work);
        this.pause = Math.max(this.pause, now() - this.last > 1000 ? now() - this.last : 0);
    }
}

// Asks a server for each acknowledged person by his page.
export async function look(server, kept) {
    let found = 0, wrong = 0;
    const waiting = [...kept];
    await Promise.all([...Array(16)].map(async () => {
        for (let one; (one = waiting.pop());) {
            const r = await server.ask(`/people/${one.id}`);
            if (r.status === 200 && r.bytes.toString().includes(one.name)) found++;
            else if (r.status === 200) wrong++;
        }
    }));
    return { acknowledged: kept.length, found, wrong };
}
