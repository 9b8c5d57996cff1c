// A PostgreSQL of the benchmark's own (with fsync, reached by its socket), filled by "nuan db copy"; and nginx before two servers.
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';

const bin = () => `/usr/lib/postgresql/${readdirSync('/usr/lib/postgresql').sort().at(-1)}/bin`;
const as_postgres = (args) => process.getuid() === 0 ? ['runuser', '-u', 'postgres', '--', ...args] : args;
const run = (args, options = {}) => execFileSync(args[0], args.slice(1), { stdio: ['ignore', 'ignore', 'inherit'], ...options });

// Processor time of the cluster so far, with what its ended children used, milliseconds.
function used(postmaster) {
    let ticks = 0;
    for (const p of readdirSync('/proc').filter((x) => /^\d+$/.test(x))) {
        try {
            const f = readFileSync(`/proc/${p}/stat`, 'utf8').replace(/^.*\) /, '').split(' ');
            if (Number(p) === postmaster) ticks += Number(f[11]) + Number(f[12]) + Number(f[13]) + Number(f[14]);
            else if (Number(f[1]) === postmaster) ticks += Number(f[11]) + Number(f[12]);
        } catch { /* it ended */ }
    }
    return ticks * 10;
}

// Answers { url, cpu, stop }.
export function postgres(nuan, dir) {
    const place = mkdtempSync('/tmp/nuan-bench-pg-'), url = `postgresql://nuan@/nuan?host=${place}`;
    chmodSync(place, 0o777);
    run(as_postgres([`${bin()}/initdb`, '-D', `${place}/data`, '-U', 'nuan', '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8']), { cwd: place });
    run(as_postgres([`${bin()}/pg_ctl`, '-D', `${place}/data`, '-w', '-l', `${place}/log`, '-o',
        `-k ${place} -c listen_addresses='' -c shared_buffers=1GB -c max_connections=200 -c max_wal_size=4GB`, 'start']), { cwd: place });
    run([`${bin()}/createdb`, '-h', place, '-U', 'nuan', 'nuan'], { cwd: place });
    run([nuan, 'db', 'copy', '--dir', dir, '--to', url]);
    const stop = () => {
        run(as_postgres([`${bin()}/pg_ctl`, '-D', `${place}/data`, '-m', 'fast', 'stop']), { cwd: place });
        rmSync(place, { recursive: true, force: true });
    };
    const postmaster = Number(readFileSync(`${place}/data/postmaster.pid`, 'utf8').split('\n')[0]);
    return { url, cpu: () => used(postmaster), stop };
}

// nginx on a port before the ports of several servers.  Answers { stop }.
export function nginx(dir, port, ports) {
    mkdirSync(`${dir}/nginx`, { recursive: true });
    writeFileSync(`${dir}/nginx/conf`, `worker_processes auto; pid ${dir}/nginx/pid; error_log ${dir}/nginx/error; events { worker_connections 1024; }\n`
        + `http { access_log off; upstream nuan { ${ports.map((p) => `server 127.0.0.1:${p};`).join(' ')} keepalive 64; }\n`
        + `server { listen 127.0.0.1:${port}; keepalive_requests 1000000; location / { proxy_pass http://nuan; proxy_http_version 1.1; proxy_set_header Connection "";\n`
        + `proxy_set_header Host $host; proxy_set_header X-Real-IP $remote_addr; } } }\n`);
    const p = spawn('nginx', ['-c', `${dir}/nginx/conf`, '-g', 'daemon off;'], { stdio: ['ignore', 'ignore', 'ignore'] });
    return { stop: () => p.kill('SIGTERM') };
}
