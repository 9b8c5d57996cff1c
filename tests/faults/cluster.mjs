// Private PostgreSQL clusters that keep their promises (fsync, synchronous commit), reached by their sockets only.
import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';

const versions = readdirSync('/usr/lib/postgresql').sort((a, b) => a - b);
const bin = `/usr/lib/postgresql/${versions.at(-1)}/bin`;
const root = process.getuid() === 0;

export class Cluster {
    constructor() {
        this.dir = mkdtempSync(`${os.tmpdir()}/nuan-faults-pg-`);
        if (root) execFileSync('chown', ['postgres', this.dir]);
        execFileSync('chmod', ['755', this.dir]);
    }

    as_postgres(program, args) {
        const [name, rest] = root ? ['runuser', ['-u', 'postgres', '--', `${bin}/${program}`, ...args]] : [`${bin}/${program}`, args];
        const r = spawnSync(name, rest, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], cwd: '/' });
        if (r.status !== 0) throw new Error(`${program}: ${r.stdout}${r.stderr}`);
        return r.stdout;
    }

    init() {
        this.as_postgres('initdb', ['-D', `${this.dir}/data`, '-U', 'nuan', '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8']);
        appendFileSync(`${this.dir}/data/postgresql.conf`, `listen_addresses = ''\nunix_socket_directories = '${this.dir}'\nmax_connections = 100\n`);
        return this;
    }

    // A copy that follows another cluster; the other then waits for it at each commit.
    follow(primary) {
        this.as_postgres('pg_basebackup', ['-d', `host=${primary.dir} user=nuan application_name=standby`, '-D', `${this.dir}/data`, '-R', '-X', 'stream', '-c', 'fast']);
        appendFileSync(`${this.dir}/data/postgresql.conf`, `unix_socket_directories = '${this.dir}'\n`);
        this.start();
        primary.sql('postgres', `ALTER SYSTEM SET synchronous_standby_names = '*'`);
        primary.sql('postgres', 'SELECT pg_reload_conf()');
        return this;
    }

    start() {
        this.as_postgres('pg_ctl', ['-D', `${this.dir}/data`, '-w', '-l', `${this.dir}/log`, 'start']);
        return this;
    }

    stop(mode = 'immediate') {
        this.as_postgres('pg_ctl', ['-D', `${this.dir}/data`, '-w', '-m', mode, 'stop']);
    }

    // It was copied before the other one began to wait, so that it waits for nobody.
    promote() {
        this.as_postgres('pg_ctl', ['-D', `${this.dir}/data`, '-w', 'promote']);
    }

    sql(db, text) {
        return execFileSync(`${bin}/psql`, ['-h', this.dir, '-U', 'nuan', '-d', db, '-qAtc', text], { encoding: 'utf8' }).trim();
    }

    create(name, template = 'template1') {
        this.sql('postgres', `CREATE DATABASE ${name} TEMPLATE ${template}`);
    }

    url(name, ...others) {
        return `postgresql:///${name}?host=${[this, ...others].map((c) => c.dir).join(',')}&user=nuan${others.length ? '&target_session_attrs=read-write' : ''}`;
    }

    close() {
        try { this.stop(); } catch { /* it is stopped */ }
        rmSync(this.dir, { recursive: true, force: true });
    }
}
