// What is saved, printed, exported and imported while it is measured.
import { execFileSync } from 'node:child_process';
import { inflateRawSync } from 'node:zlib';
import { measure, told } from './measure.mjs';
import { case_ids } from './pages.mjs';

const password = 'nuan-demo-1';
const quantile = (sorted, q) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))];
const repeat = (n, fn) => Promise.all(Array.from({ length: n }, (_, i) => fn(i)));

// So many clients, each waiting for its answer before it asks again; the middle one of the rounds by p95.
async function many(server, name, connections, times, o, one) {
    const rounds = [];
    for (let i = 0; i < Number(o.rounds); i++) rounds.push(await round(server, name, connections, times / connections, one));
    return told(rounds.sort((a, b) => a.p95 - b.p95)[Math.floor(rounds.length / 2)]);
}

async function round(server, name, connections, each, one) {
    const times = [], cpu = server.cpu(), began = performance.now();
    await repeat(connections, async (w) => {
        for (let i = 0; i < each; i++) {
            const at = performance.now();
            await one(w, i);
            times.push(performance.now() - at);
        }
    });
    const seconds = (performance.now() - began) / 1000;
    times.sort((a, b) => a - b);
    return { name, connections, rate: times.length / seconds, p50: quantile(times, 0.5), p95: quantile(times, 0.95), p99: quantile(times, 0.99),
        cpu: (server.cpu() - cpu) / times.length, errors: 0 };
}

const must = (r, status, what) => {
    if (r.status !== status) throw new Error(`${what}: ${r.status} ${r.text.slice(0, 200)}`);
    return r;
};

// Durable: each is answered after its commit.
export async function save_people(server, [{ cookie, csrf }], connections, o) {
    const form = (n) => new URLSearchParams({ csrf, name: `新增${n}`, sex: '1', address: '村部旁' }).toString();
    must(await server.ask('/people/new', { cookie, form: form(Date.now()) }), 303, 'a person was not saved');
    const r = await measure(server, 'new record', connections, cookie, ['/people/new'], o, form('{n}').replace('%7Bn%7D', '{n}'));
    if (r.errors > 0) throw new Error(`${r.errors} people were not saved`);
    return r;
}

// What is typed into a record, with one sentence that nobody has saved before.
const typed = (csrf, version, more) => ({ csrf, version, do: 'draft', kind: 'visit', place: '村部', process: `过程记录${'，走访入户'.repeat(40)}${more}` });

// Begins a record in a case; null: it takes none (another worker's, or a child's before consent).
export async function begin_record(ask, id, csrf) {
    const begun = await ask(`/cases/${id}/begin/E`, { csrf });
    if (begun.status !== 303) return null;
    const form = { path: begun.headers.location, csrf };
    form.version = Number(/name="version" value="(\d+)"/.exec((await ask(form.path)).text)?.[1]);
    return (await save_record(ask, form, '')).status === 303 ? form : null;
}

export async function save_record(ask, form, more) {
    const r = await ask(form.path, typed(form.csrf, form.version, more));
    if (r.status === 303) form.version++;
    return r;
}

// The draft of a record for each client, of one worker after the other, saved again and again with one sentence more.
export async function save_forms(server, workers, connections, o) {
    const forms = [];
    for (const { cookie, csrf } of workers) {
        if (forms.length === connections) break;
        const ask = (path, form) => server.ask(path, { cookie, form });
        for (const id of case_ids((await ask('/cases?state=intervention')).text)) {
            const form = forms.length < connections && await begin_record(ask, id, csrf);
            if (form) forms.push({ ...form, ask });
        }
    }
    if (forms.length === 0) throw new Error('no case takes a record');
    return many(server, 'form saved (draft)', forms.length, 3200, o, async (w, i) => must(await save_record(forms[w].ask, forms[w], i), 303, 'a form was not saved'));
}

export async function print_cases(server, [session], connections, o) {
    const ids = case_ids((await server.ask('/cases', session)).text);
    let bytes = 0, n = 0;
    const r = await many(server, 'PDF of a case', connections, 128, o, async () => {
        bytes = must(await server.ask(`/cases/${ids[n++ % ids.length]}/file`, session), 200, 'a case was not printed').bytes.length;
    });
    if (bytes < 1000) throw new Error(`a PDF of ${bytes} bytes`);
    return r;
}

// The text of one file in a zip.
function unzip(zip, name) {
    for (let at = zip.readUInt32LE(zip.length - 6); zip.readUInt32LE(at) === 0x02014b50;) {
        const n = zip.readUInt16LE(at + 28), size = zip.readUInt32LE(at + 20), local = zip.readUInt32LE(at + 42);
        if (zip.toString('utf8', at + 46, at + 46 + n) === name) {
            const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
            return inflateRawSync(zip.subarray(from, from + size)).toString('latin1');
        }
        at += 46 + n + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
    }
    throw new Error(`no ${name} in the spreadsheet`);
}

// { rows, rate, ms, cpu }: the list of all whom the user sees, as a spreadsheet; the rows are counted in the file.
export async function export_people(server, login) {
    const session = await server.sign_in(login, password), cpu = server.cpu(), began = performance.now();
    const r = must(await server.ask('/people/export', session), 200, 'the export failed'), ms = performance.now() - began;
    const rows = unzip(r.bytes, 'xl/worksheets/sheet1.xml').split('<row ').length - 2;
    return { rows, rate: rows / ms * 1000, ms, cpu: (server.cpu() - cpu) * 1000 / rows };
}

// By the command: the same code as behind the page.  Rows a second.
export function import_roster(nuan, dir, csv, more) {
    const out = execFileSync(nuan, ['import', 'people', csv, '--dir', dir, '--unit', '350424100', ...more], { maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] }).toString();
    const rate = Number(/([\d.]+) rows\/s/.exec(out)?.[1]);
    if (!rate) throw new Error(`the import failed: ${out.slice(-300)}`);
    return rate;
}
