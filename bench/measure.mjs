// wrk against one server: medians of several rounds.
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import os from 'node:os';

export const say = (line) => process.stderr.write(`bench: ${line}\n`);
export const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
export const machine = () => `${os.cpus().length} processors (${os.cpus()[0].model.trim()}), ${Math.round(os.totalmem() / 2 ** 30)} GB`;

// form: posted to the paths; a "{n}" in it is another number each time.
function wrk(server, connections, cookie, paths, o, form) {
    const list = `${o.dir}/paths`, body = form ? `${o.dir}/body` : '';
    writeFileSync(list, paths.join('\n') + '\n');
    if (form) writeFileSync(body, form);
    const type = form ? { NUAN_BODY: body, NUAN_TYPE: 'application/x-www-form-urlencoded' } : {};
    return new Promise((resolve, reject) => {
        const p = spawn('wrk', ['-t1', `-c${connections}`, `-d${o.seconds}s`, '-s', 'bench/wrk.lua', `http://127.0.0.1:${server.port}`],
            { env: { ...process.env, NUAN_COOKIE: cookie, NUAN_PATHS: list, ...type }, stdio: ['ignore', 'pipe', 'inherit'] });
        let out = '';
        p.stdout.on('data', (part) => out += part);
        p.on('exit', () => out.includes('JSON') ? resolve(JSON.parse(/JSON (.*)/.exec(out)[1])) : reject(new Error(out)));
    });
}

export function told(r) {
    say(`${r.name.padEnd(40)} ${String(r.connections).padStart(3)} connections ${r.rate.toFixed(0).padStart(6)}/s  p50 ${r.p50.toFixed(1)}`
        + `  p95 ${r.p95.toFixed(1)} ms  ${r.cpu.toFixed(2)} ms of processor time${r.errors ? `  ${r.errors} ERRORS` : ''}`);
    return r;
}

// The processor time is the server's alone.
export async function measure(server, name, connections, cookie, paths, o, form = '') {
    const rounds = [];
    for (let i = 0; i < Number(o.rounds); i++) {
        const cpu = server.cpu(), r = await wrk(server, connections, cookie, paths, o, form);
        rounds.push({ ...r, cpu: (server.cpu() - cpu) / r.requests });
    }
    const of = (pick) => median(rounds.map(pick));
    return told({ name, connections, rate: of((r) => r.requests / (r.us / 1e6)), p50: of((r) => r.p50 / 1000), p95: of((r) => r.p95 / 1000),
        p99: of((r) => r.p99 / 1000), cpu: of((r) => r.cpu), errors: rounds.reduce((n, r) => n + r.errors, 0) });
}
