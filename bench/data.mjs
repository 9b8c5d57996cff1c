// The data that is measured with: made once, the same on each run, kept in a folder with a stamp of what it is.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

const say = (line) => process.stderr.write(`bench: ${line}\n`);

// Answers the folder with nuan.db and nuan.key; args: what bench-fill is told behind the file (and the key, if it takes one).
function made(build, dir, what, args, needs_key = true) {
    const schema = readFileSync('meson.build', 'utf8').match(/src\/\w+\/migrations\/\w+\.sql/g), scripts = createHash('sha256');
    for (const f of ['cases.sql', 'province.sql', 'country.sql', 'people.c', 'fill.c']) scripts.update(readFileSync(`bench/${f}`));
    const key = JSON.stringify([what, args, schema, scripts.digest('hex')]), stamp = `${dir}/stamp`;
    if (existsSync(stamp) && readFileSync(stamp, 'utf8') === key) return dir;
    say(`making ${what} ${args.join(' ')}`);
    const began = performance.now();
    rmSync(dir, { recursive: true, force: true });
    mkdirSync(dir, { recursive: true });
    execFileSync(`${build}/nuan`, ['demo', '--fill-only', '--dir', dir], { stdio: ['ignore', 'ignore', 'ignore'] });
    execFileSync(`${build}/bench/bench-fill`, [what, `${dir}/nuan.db`, ...(needs_key ? [`${dir}/nuan.key`] : []), ...args], { stdio: 'inherit' });
    writeFileSync(stamp, key);
    say(`made in ${((performance.now() - began) / 1000).toFixed(0)} s`);
    return dir;
}

export const county = (build, o) => made(build, `${o.dir}/county`, 'county', [o.people, o.cases]);
export const province = (build, o) => made(build, `${o.dir}/province-${o.people}`, 'province', [o.people, o.cases, o.stations, o.records]);
export const country = (build, o) => made(build, `${o.dir}/country`, 'country', [], false);

// A copy that a run may write into.
export function copy(dir, to) {
    rmSync(to, { recursive: true, force: true });
    execFileSync('cp', ['-a', '--reflink=auto', dir, to]);
    return to;
}

export function roster(build, o) {
    const csv = `${o.dir}/roster-${o.rows}.csv`;
    if (!existsSync(csv)) writeFileSync(csv, execFileSync(`${build}/bench/bench-fill`, ['roster', o.rows], { maxBuffer: 1 << 30 }));
    return csv;
}

// So many signed-in workers and heads of a province: [{ login, cookie, csrf }].
export function sessions(build, dir, many) {
    const text = execFileSync(`${build}/bench/bench-fill`, ['sessions', `${dir}/nuan.db`, String(many)], { maxBuffer: 1 << 28 }).toString();
    return text.trim().split('\n').map((line) => { const [login, cookie, csrf] = line.split(' '); return { login, cookie, csrf }; });
}

// The sessions of some workers, each with cases of his own; made beside the running server, for signing in is limited.
export const workers = (build, dir) => sessions(build, dir, 200).filter((s) => !s.login.endsWith('w0'));
