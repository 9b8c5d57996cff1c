// What may break, one function each.  Each gives { acknowledged, found, wrong, pause, note } and throws when the program did
// not do what it should.
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { Load, Server, look, now, sleep } from './world.mjs';
import { Cluster } from './cluster.mjs';

export class Skip extends Error {}

const summary = (count, load, note) => ({ ...count, pause: load.pause, note });

// What was acknowledged is there, whole, and the counters agree with it.
async function all_there(world, server, load) {
    const count = await look(server, load.kept);
    assert.equal(await server.stop(), 0, 'the server did not stop in order');
    const other = [...load.refusals.keys()].filter((status) => status !== 503);
    assert.deepEqual(other, [], 'writes were refused with something else than 503');
    const check = world.run(server.place, 'check');
    assert.equal(check.status, 0, check.text);
    assert.deepEqual([count.found, count.wrong], [count.acknowledged, 0], 'something acknowledged is missing');
    return count;
}

// ---- Kill -9: the crash test, which counts by itself

function killed(engine) {
    return async (world, { short }) => {
        const env = { ...process.env, NUAN_TEST_DB: '' };
        if (engine === 'pg') {
            world.pg.create('faults_crash');
            env.NUAN_TEST_DB = world.pg.url('faults_crash');
        }
        const r = spawnSync(`${world.build}/tests/crash/crash`, [world.nuan, short ? '3' : '20'], { env, encoding: 'utf8', maxBuffer: 1 << 28 });
        assert.equal(r.status, 0, r.stdout + r.stderr.slice(-2000));
        const [acknowledged, found, kept] = /# (\d+) acknowledged, (\d+) of them found, (\d+) kept/.exec(r.stdout).slice(1).map(Number);
        const back = [...r.stdout.matchAll(/back after (\d+) ms/g)].map((m) => Number(m[1]));
        return { acknowledged, found, wrong: 0, pause: Math.max(...back),
            note: `${back.length} kills; ${kept - acknowledged} more were kept than could be told` };
    };
}

// ---- The disk

async function disk_full(world) {
    const disk = world.mount('40m');
    if (!disk) throw new Skip('no right to mount');
    const server = await new Server(world, world.place('sqlite', disk)).start(), load = new Load(server).start();
    assert.ok(await load.more(200));
    const fill = (n) => spawnSync('dd', ['if=/dev/zero', `of=${disk}/filler${n}`, 'bs=4k']);       // until nothing fits any more
    fill(0);
    for (const began = now(); load.refused < 50; await sleep(10)) assert.ok(now() - began < 20000, 'nothing was refused on a full disk');
    assert.equal((await server.ask('/people')).status, 200, 'reading needs no place');
    const began = now(), full = world.run(server.place, 'backup', `${disk}/b.backup`);
    assert.notEqual(full.status, 0, 'a backup on a full disk');
    assert.match(full.text, /full|No space/);
    assert.ok(!existsSync(`${disk}/b.backup`) && !existsSync(`${disk}/b.backup.part`), 'a piece of a backup was left');
    fill(1);                            // what the backup left
    for (const began = now(); load.refused < 200; await sleep(10)) assert.ok(now() - began < 20000, 'nothing was refused on a full disk');
    const refused = load.refused;
    rmSync(`${disk}/filler0`);
    rmSync(`${disk}/filler1`, { force: true });
    assert.ok(await load.more(200), 'nothing is written although there is place again');
    await load.stop();
    return summary(await all_there(world, server, load), load, `${refused} writes refused with 503 while it was full (${Math.round(now() - began)} ms)`);
}

// Again and again, because it matters at which moment of a commit the disk dies.
async function disk_read_only(world, { short }) {
    const sum = { acknowledged: 0, found: 0, wrong: 0, pause: 0 }, times = short ? 2 : 10;
    for (let i = 0; i < times; i++) {
        const r = await disk_dies(world);
        for (const k of ['acknowledged', 'found', 'wrong']) sum[k] += r[k];
        sum.pause = Math.max(sum.pause, r.pause);
        sum.note = r.note;
    }
    return { ...sum, note: `${times} times; in the last ${sum.note}` };
}

async function disk_dies(world) {
    const image = `${world.dir}/disk.img`;
    rmSync(image, { force: true });
    execFileSync('truncate', ['-s', '64M', image]);
    execFileSync('mkfs.ext4', ['-q', '-e', 'remount-ro', image]);
    const disk = world.mount(null, '-o', 'loop,errors=remount-ro', image);
    if (!disk) throw new Skip('no right to mount');
    const device = /\/dev\/(loop\d+)/.exec(spawnSync('findmnt', ['-n', '-o', 'SOURCE', disk], { encoding: 'utf8' }).stdout)?.[1];
    const server = await new Server(world, world.place('sqlite', disk)).start(), load = new Load(server).start();
    assert.ok(await load.more(200));
    writeFileSync(`/sys/fs/ext4/${device}/trigger_fs_error`, 'test');       // as a kernel does that met a bad block
    for (const began = now(); load.refused < 50; await sleep(10)) assert.ok(now() - began < 20000, 'nothing was refused on a disk that cannot be written');
    const page = await server.ask('/people');
    await load.stop();
    const refused = load.refused;
    await server.stop();
    const again = world.run(server.place, 'serve', '--port', '1');
    assert.notEqual(again.status, 0, 'it started on a disk that cannot be written');
    assert.match(again.text, /read-only|readonly|Read-only/i);
    spawnSync('umount', [disk]);
    spawnSync('e2fsck', ['-fy', image]);
    assert.equal(spawnSync('mount', ['-o', 'loop', image, disk]).status, 0);
    const after = await new Server(world, server.place).start(), count = await all_there(world, after, load);
    spawnSync('umount', [disk]);
    return summary(count, load, `${refused} writes refused with 503, pages were served (${page.status}); found after the disk was repaired`);
}

// ---- PostgreSQL

async function database_gone(world, { short }) {
    const server = await new Server(world, world.place('pg')).start(), load = new Load(server).start();
    let away = 0;
    for (let i = 0; i < (short ? 1 : 3); i++) {
        assert.ok(await load.more(200));
        world.pg.stop('immediate');
        const gone = now();
        assert.equal((await server.ask('/healthz')).status, 200, 'the process is up');
        assert.equal((await server.ask('/readyz')).status, 503, 'but not ready');
        assert.equal((await server.ask('/people', { patience: 3000 })).status, 503, 'and says so in time');
        await sleep(short ? 1000 : 3000);
        world.pg.start();
        away = Math.max(away, now() - gone);
        assert.ok(await load.more(200), 'nothing is written although the database is back');
    }
    await load.stop();
    assert.equal((await server.ask('/readyz')).status, 200);
    assert.ok(load.pause < away + 2000, `it took ${load.pause - away} ms after the database was back`);
    return summary(await all_there(world, server, load), load, `database away for ${Math.round(away)} ms at most; ${load.refused} refused with 503`);
}

async function primary_lost(world) {
    const primary = new Cluster().init().start(), standby = new Cluster().follow(primary);
    world.ends.push(() => primary.close(), () => standby.close());
    const place = world.place('pg');
    const dump = execFileSync('pg_dump', ['--format=custom', '--no-owner', '-d', place.db], { maxBuffer: 1 << 28 });
    primary.create('faults');
    execFileSync('pg_restore', ['-d', primary.url('faults')], { input: dump });
    place.db = primary.url('faults', standby);
    const server = await new Server(world, place).start(), load = new Load(server).start();
    assert.ok(await load.more(300));
    primary.stop('immediate');
    const lost = now();
    await sleep(500);
    standby.promote();
    const promoted = now();
    assert.ok(await load.more(300), 'nothing is written on the new primary');
    await load.stop();
    assert.ok(load.pause < promoted - lost + 2000, `it took ${load.pause} ms`);
    return summary(await all_there(world, server, load), load, `promoted ${Math.round(promoted - lost)} ms after the primary died; ${load.refused} refused with 503`);
}

// ---- The clock

async function clock_jumps(world) {
    const faketime = readdirSync('/usr/lib', { recursive: false }).map((d) => `/usr/lib/${d}/faketime/libfaketimeMT.so.1`).find(existsSync);
    if (!faketime) throw new Skip('no libfaketime');
    const clock = `${world.dir}/clock`, jumps = ['+3600', '-3600', '+86400', '-60', '+0'];
    writeFileSync(clock, '+0\n');
    const env = { LD_PRELOAD: faketime, FAKETIME_TIMESTAMP_FILE: clock, FAKETIME_NO_CACHE: '1', FAKETIME_DONT_FAKE_MONOTONIC: '1', DONT_FAKE_MONOTONIC: '1' };
    const server = await new Server(world, world.place('sqlite'), { env }).start(), load = new Load(server).start();
    for (const jump of jumps) {
        writeFileSync(clock, `${jump}\n`);
        await sleep(300);
        const told = Date.parse((await server.ask('/healthz')).headers.date) - Date.now();
        assert.ok(Math.abs(told - Number(jump) * 1000) < 3000, `the server's clock did not jump: ${told} ms`);
        assert.ok(await load.more(100), `nothing is written after a jump of ${jump} s`);
    }
    await load.stop();
    assert.equal(load.broken, 0, 'connections broke');
    assert.ok(load.pause < 1000, `a pause of ${load.pause} ms`);
    return summary(await all_there(world, server, load), load, `the clock went ${jumps.slice(0, -1).join(' s, ')} s and back`);
}

// ---- Clients

async function slow_clients(world, { short }) {
    const wrap = ['prlimit', '--nofile=512:'];
    const server = await new Server(world, world.place('sqlite'), { wrap }).start(), quiet = new Load(server).start();
    await sleep(1500);
    await quiet.stop();
    let open = 0, most = 0, cut = 0, going = true;
    const slow = async () => {
        while (going) {
            const socket = net.connect(server.port, '127.0.0.1');
            socket.on('error', () => {});
            await new Promise((done) => { socket.on('connect', done); socket.on('close', done); });
            most = Math.max(most, ++open);
            const head = 'GET /login HTTP/1.1\r\nHost: a\r\nX-Slow: ' + 'x'.repeat(4000);
            for (let i = 0; going && !socket.destroyed; i++) {
                socket.write(head[i % head.length]);
                await sleep(1000);
            }
            if (going) cut++;
            socket.destroy();
            open--;
        }
    };
    const clients = [...Array(1000)].map(slow);
    await sleep(500);
    const load = new Load(server).start();
    await sleep(short ? 4000 : 20000);
    const held = Number(/^nuan_connections (\d+)$/m.exec((await server.ask('/metrics')).bytes.toString())[1]);
    await load.stop();
    going = false;
    assert.ok(most >= 1000 && held >= 1000, `only ${most} slow clients were connected, ${held} connections taken`);
    assert.equal(load.broken + load.misread, 0, 'a normal client was refused');
    assert.ok(load.slowest < 1000, `a normal client waited ${load.slowest} ms`);
    load.kept.push(...quiet.kept);
    await Promise.all(clients);
    return summary(await all_there(world, server, load), load, `${most} slow clients at once, ${cut} times one was cut off for it; the slowest normal write took ${Math.round(load.slowest)} ms`
        + ` (${Math.round(quiet.slowest)} ms without them)`);
}

const photo = (n) => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), randomBytes(n - 3)]);
const hash = (bytes) => createHash('sha256').update(bytes).digest('hex');

function multipart(place, form, bytes) {
    const boundary = 'nuan-faults-boundary', parts = [];
    for (const [name, value] of new URLSearchParams(`${form.params}&csrf=${place.csrf}`))
        parts.push(Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`));
    parts.push(Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="photos_files"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n`),
        bytes, Buffer.from(`\r\n--${boundary}--\r\n`));
    return { body: Buffer.concat(parts), type: `multipart/form-data; boundary=${boundary}`, patience: 60000 };
}

async function uploads(world) {
    const server = await new Server(world, world.place('sqlite')).start(), load = new Load(server, { writers: 4 }).start();
    assert.ok(await load.more(50));
    const sent = await Promise.all(server.place.photos.map(async (form) => {
        const bytes = photo(10 << 20), began = now();
        const r = await server.ask(form.path, multipart(server.place, form, bytes));
        return { form, status: r.status, sum: hash(bytes), ms: now() - began };
    }));
    await load.stop();
    assert.deepEqual([...new Set(sent.map((s) => s.status))], [303], 'an upload was refused');
    let whole = 0;
    for (const s of sent) {
        const page = (await server.ask(`${s.form.path}`)).bytes.toString(), path = new RegExp(`/cases/${s.form.case}/files/\\d+`).exec(page)?.[0];
        assert.ok(path, 'the photo is not on its form');
        whole += hash((await server.ask(path)).bytes) === s.sum;
    }
    assert.equal(whole, sent.length, 'a photo came back changed');
    assert.ok(load.reading < 2000, `a page took ${load.reading} ms meanwhile`);
    const count = await all_there(world, server, load);
    return { acknowledged: count.acknowledged + sent.length, found: count.found + whole, wrong: count.wrong, pause: load.pause,
        note: `the longest upload took ${Math.round(Math.max(...sent.map((s) => s.ms)))} ms, the slowest page meanwhile ${Math.round(load.reading)} ms` };
}

// ---- Bugs and mistakes

async function handler_asserts(world, { short }) {
    const plain = await new Server(world, world.place('sqlite')).start();
    assert.equal((await plain.ask('/test/assert')).status, 404, 'the bug of the test is in the program');
    await plain.stop();
    const server = await new Server(world, world.place('sqlite'), { program: `${world.build}/tests/faults/faults-nuan` }).start();
    const load = new Load(server).start(), times = short ? 2 : 5;
    for (let i = 0; i < times; i++) {
        await sleep(2100);              // one that dies within two seconds of its start is held back
        const was = server.child();
        await server.ask('/test/assert').catch(() => null);
        for (const began = now(); server.child() === was || server.child() === 0; await sleep(5)) assert.ok(now() - began < 5000, 'it was not started again');
        assert.ok(await load.more(50), 'nothing is written any more');
    }
    await load.stop();
    const metrics = (await server.ask('/metrics')).bytes.toString();
    assert.match(metrics, new RegExp(`nuan_restarts_total ${times}\n`));
    assert.ok(load.pause < 2000, `a pause of ${load.pause} ms`);
    return summary(await all_there(world, server, load), load, `${times} times; ${load.broken} requests lost their connection`);
}

async function second_server(world) {
    const server = await new Server(world, world.place('sqlite')).start(), load = new Load(server).start();
    assert.ok(await load.more(50));
    const second = world.run(server.place, 'serve', '--port', '1');
    assert.equal(second.status, 2);
    assert.match(second.text, /another nuan already serves/);
    const file = `${world.dir}/second.backup`;
    assert.equal(world.run(server.place, 'backup', file).status, 0);
    const over = world.run(server.place, 'restore', file, '--force');
    assert.notEqual(over.status, 0, 'a restore under a running server');
    assert.match(over.text, /stop it first/);
    assert.equal(world.run(server.place, 'user', 'list').status, 0, 'commands work beside a server');
    assert.ok(await load.more(50));
    await load.stop();
    return summary(await all_there(world, server, load), load, second.text.trim().replace(/ \S*nuan-faults\S*\/(\S+)/g, ' …/$1').slice(0, 90) + ' …');
}

// ---- Backups

// What was acknowledged before the backup began is in it, and what it holds is whole.
function backup_while_writing(engine) {
    return async (world, { short }) => {
        const server = await new Server(world, world.place(engine)).start(), form = server.place.photos[0], bytes = photo(1 << 20);
        assert.equal((await server.ask(form.path, multipart(server.place, form, bytes))).status, 303);
        const load = new Load(server).start(), file = `${world.dir}/${engine}.backup`, secret = `${world.dir}/secret`, key = ['--key', secret];
        writeFileSync(secret, 'a secret of the faults\n');
        assert.ok(await load.more(short ? 500 : 5000));
        const before = [...load.kept], began = now();
        const r = await new Promise((done) => {
            let text = '';
            const p = spawn(world.nuan, ['backup', file, ...key, '--dir', server.place.dir, '--db', server.place.db]);
            p.stdout.on('data', (part) => text += part);
            p.stderr.on('data', (part) => text += part);
            p.on('exit', (status) => done({ status, text }));
        });
        const took = now() - began, during = load.kept.length - before.length;
        assert.equal(r.status, 0, r.text);
        assert.ok(during > 0, 'nothing was written meanwhile');
        await load.stop();
        const there = world.empty(engine), restored = world.run(there, 'restore', file, ...key);
        assert.equal(restored.status, 0, restored.text);
        execFileSync('cp', [`${server.place.dir}/nuan.key`, there.dir]);
        assert.equal(world.run(there, 'check').status, 0);
        // Nobody is signed in after a restore: here the session is opened again by a new copy of its row.
        const again = await new Server(world, { ...server.place, ...there }).start();
        assert.equal((await again.ask(`/people/${before[0].id}`)).status, 303, 'a session outlived the restore');
        const cookie = await sign_in(again);
        again.place.cookie = cookie;
        const count = await look(again, before);
        await again.stop();
        assert.deepEqual([count.found, count.wrong], [count.acknowledged, 0], 'the backup lacks something');
        const here = await look(server, load.kept);
        assert.equal(here.found, here.acknowledged);
        await server.stop();
        return summary(count, load, `the backup took ${Math.round(took)} ms, ${during} writes were acknowledged meanwhile; restored elsewhere and checked`);
    };
}

async function sign_in(server) {
    const page = await server.ask('/login'), csrf = /name="csrf" value="([0-9a-f]+)"/.exec(page.bytes.toString())[1];
    const pre = page.headers['set-cookie'].map((c) => c.split(';')[0]).join('; '), kept = server.place.cookie;
    server.place.cookie = pre;
    const r = await server.ask('/login', { form: { csrf, name: 'worker_a', password: 'nuan-test-1', next: '/' } });
    server.place.cookie = kept;
    return r.headers['set-cookie'].map((c) => c.split(';')[0]).find((c) => c.startsWith('nuan='));
}

function damaged_backup(engine) {
    return async (world, { short }) => {
        const place = world.place(engine), file = `${world.dir}/${engine}-whole.backup`, bad = `${world.dir}/${engine}-bad.backup`;
        assert.equal(world.run(place, 'backup', file).status, 0);
        const whole = readFileSync(file), there = world.empty(engine), times = short ? 12 : 60;
        let refused = 0;
        const refuse = (bytes) => {
            writeFileSync(bad, bytes);
            const r = world.run(there, 'restore', bad);
            assert.equal(r.status, 1, r.text);
            assert.match(r.text, /damaged|cut off|no backup of nuan|end|newer/);
            assert.ok(engine === 'pg' ? world.pg.sql(new URL(there.db).pathname.slice(1), 'SELECT count(*) FROM pg_tables WHERE schemaname = \'public\'') === '0'
                : !existsSync(there.db), 'something was changed');
            refused++;
        };
        for (let i = 0; i < times; i++) {
            const bytes = Buffer.from(whole), at = Math.floor(whole.length * i / times);
            bytes[at] ^= 1 << i % 8;
            refuse(bytes);
            refuse(whole.subarray(0, at));
        }
        refuse(Buffer.from('PK something else'));
        assert.equal(world.run(there, 'restore', file).status, 0, 'the whole one is refused, too');
        return { acknowledged: refused, found: refused, wrong: 0, pause: 0, note: 'counted are damaged, cut and foreign files, and how many of them were refused with nothing changed' };
    };
}

export const scenarios = [
    ['kill -9 under load, SQLite', killed('sqlite')],
    ['kill -9 under load, PostgreSQL', killed('pg'), 'pg'],
    ['disk full (tmpfs), SQLite', disk_full],
    ['disk turns read-only (ext4 after an error), SQLite', disk_read_only],
    ['PostgreSQL stopped and started', database_gone, 'pg'],
    ['primary dies, synchronous standby promoted', primary_lost, 'pg'],
    ['clock jumps (libfaketime)', clock_jumps],
    ['1,000 slow clients', slow_clients],
    ['20 uploads of 10 MB at once', uploads],
    ['a handler asserts', handler_asserts],
    ['a second server on one SQLite file', second_server],
    ['backup while writing, SQLite', backup_while_writing('sqlite')],
    ['backup while writing, PostgreSQL', backup_while_writing('pg'), 'pg'],
    ['damaged backups, SQLite', damaged_backup('sqlite')],
    ['damaged backups, PostgreSQL', damaged_backup('pg'), 'pg'],
];
