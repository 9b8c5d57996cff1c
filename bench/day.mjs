// The day of a province, compressed: each worker's clicks of a day, one after the other without a pause, of many workers at once.
import { case_ids, person_ids } from './pages.mjs';
import { say } from './measure.mjs';
import { begin_record, save_record } from './work.mjs';

// How often a worker does what on a day; a part of one: as often as that in ten days or a hundred.
const clicks = { desk: 6, 'case list': 5, 'case page': 9, 'form opened': 4, 'form saved': 4, 'person list': 5, 'person page': 8, search: 8,
    'new record': 0.7, 'list of referrals': 1, 'list of discoveries': 1, inbox: 2, dashboard: 0.5, 'PDF of a case': 0.1, 'export of the list': 0.05 };
const inside = { give_purpose: 'internal' };
const names = ['秀英', '建国', '王秀', '李海', '张明', 'wangxiu', 'zhangm', 'lh'];

// The same numbers on each run.
function dice(seed) {
    let n = BigInt(seed + 1);
    return () => {
        n = (n * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
        return Number(n >> 40n) / 2 ** 24;
    };
}

// What one worker clicks, in an order that is the same on each run.
function plan(random) {
    const list = [];
    for (const [what, times] of Object.entries(clicks))
        for (let i = 0, n = Math.floor(times) + (random() < times % 1 ? 1 : 0); i < n; i++) list.push([random(), what]);
    return list.sort((a, b) => a[0] - b[0]).map(([, what]) => what);
}

class Worker {
    constructor(server, who, n, tell) {
        Object.assign(this, { server, who, random: dice(n), tell, cases: [], people: [], form: null, n });
    }

    pick(list) {
        return list[Math.floor(this.random() * list.length)];
    }

    async ask(what, path, form = null) {
        const began = performance.now();
        const r = await this.server.ask(path, { cookie: this.who.cookie, form: form && { csrf: this.who.csrf, ...form } });
        this.tell(what, performance.now() - began, r.status);
        return r;
    }

    // A record is begun in the first case that takes one, and saved again and again.
    async save() {
        if (this.form === null) {
            this.form = {};
            for (const id of case_ids((await this.ask('case list', '/cases?state=intervention')).text).slice(0, 3)) {
                const form = await begin_record((path, f) => this.server.ask(path, { cookie: this.who.cookie, form: f }), id, this.who.csrf);
                if (!form) continue;
                this.form = form;
                break;
            }
        }
        if (this.form.path) await save_record((path, f) => this.ask('form saved', path, f), this.form, this.random());
    }

    async click(what) {
        switch (what) {
        case 'desk': return this.ask(what, '/');
        case 'case list': return this.ask(what, this.pick(['/cases', '/cases', '/cases?view=late', '/cases?state=intervention']));
        case 'case page': return this.cases.length && this.ask(what, `/cases/${this.pick(this.cases)}`);
        case 'form opened': return this.form?.path && this.ask(what, this.form.path);
        case 'form saved': return this.save();
        case 'person list': return this.ask(what, this.pick(['/people', '/people', '/people?sort=newest', '/people?category=A01']));
        case 'person page': return this.people.length && this.ask(what, `/people/${this.pick(this.people)}`);
        case 'search': return this.ask(what, `/search?q=${encodeURIComponent(this.pick(names))}`);
        case 'new record': return this.ask(what, '/people/new', { name: `新增${this.n}号${this.random()}`, sex: '1', address: '村部旁' });
        case 'list of referrals': return this.ask(what, '/referrals');
        case 'list of discoveries': return this.ask(what, '/discoveries');
        case 'inbox': return this.ask(what, '/inbox');
        case 'dashboard': return this.ask(what, '/figures');
        case 'PDF of a case': return this.cases.length && this.ask(what, `/cases/${this.pick(this.cases)}/file`, inside);
        case 'export of the list': return this.ask(what, '/people/export', inside);
        }
    }

    async day() {
        this.cases = case_ids((await this.ask('case list', '/cases')).text);
        this.people = person_ids((await this.ask('person list', '/people')).text);
        for (const what of plan(this.random)) await this.click(what);
    }
}

// Rows of the table, one for each kind of click, and { clicks, seconds, cpu, errors }: the whole.
export async function mixed_day(server, who, workers, connections) {
    const times = new Map(), began = performance.now(), cpu = server.cpu();
    let next = 0, errors = 0, told = began;
    const tell = (what, ms, status) => {
        if (status >= 400) errors++;
        if (!times.has(what)) times.set(what, []);
        times.get(what).push(ms);
    };
    await Promise.all(Array.from({ length: connections }, async () => {
        for (let n; (n = next++) < workers;) {
            await new Worker(server, who[n % who.length], n, tell).day();
            if (performance.now() - told < 10000) continue;
            told = performance.now();
            say(`${n} of ${workers} workers have gone home`);
        }
    }));
    const rows = [...times].map(([name, list]) => {
        list.sort((a, b) => a - b);
        const at = (q) => list[Math.min(list.length - 1, Math.floor(list.length * q))];
        return { name, times: list.length, p50: at(0.5), p95: at(0.95), p99: at(0.99) };
    }).sort((a, b) => b.times - a.times);
    const total = rows.reduce((n, r) => n + r.times, 0);
    return { rows, clicks: total, workers, connections, seconds: (performance.now() - began) / 1000, cpu: (server.cpu() - cpu) / total, errors };
}
