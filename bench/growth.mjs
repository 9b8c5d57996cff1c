// Cost grows with the page, not with the data: the same pages and writes at several sizes of a province, and the processor time of each.
import { province, workers } from './data.mjs';
import { province_pages } from './pages.mjs';
import { measure, say } from './measure.mjs';
import { Server } from './server.mjs';
import { save_forms, save_people } from './work.mjs';

// A station of 625 people, five records for each person, a case for each fifth, as in the province of a million.
const sized = (o, people) => ({ ...o, people: String(people), cases: String(Math.floor(people / 5)), stations: String(Math.max(12, Math.floor(people / 625))),
    records: String(people * 5) });

const size_of = async (server, session, paths) => {
    let bytes = 0;
    for (const path of paths.slice(0, 20)) bytes += (await server.ask(path, session)).bytes.length;
    return bytes;
};

// [{ name, cpu: [ms at each size], bytes: [of the pages at each size] }]
export async function growth(build, o, port, wanted) {
    const sizes = o.sizes.split(',').map(Number), rows = new Map();
    for (const [i, people] of sizes.entries()) {
        const dir = province(build, sized(o, people)), server = new Server(`${build}/nuan`, dir, port);
        await server.start();
        await server.idle();
        say(`${people} people`);
        const put = (r, bytes) => {
            if (!rows.has(r.name)) rows.set(r.name, { name: r.name, cpu: [], bytes: [] });
            rows.get(r.name).cpu[i] = r.cpu;
            rows.get(r.name).bytes[i] = bytes;
        };
        for (const [name, session, paths] of (await province_pages(server)).filter(([n]) => wanted.test(n))) {
            await measure(server, name, 4, session.cookie, paths, { ...o, rounds: 1, seconds: 1 });        // warm
            put(await measure(server, name, 4, session.cookie, paths, o), await size_of(server, session, paths));
        }
        for (const [name, save] of [['new record', save_people], ['form saved (draft)', save_forms]]) {
            if (!wanted.test(name)) continue;
            await save(server, workers(build, dir), 4, { ...o, rounds: 1, seconds: 1 });
            put(await save(server, workers(build, dir), 4, o), 1);
        }
        await server.stop();
    }
    return { sizes, rows: [...rows.values()] };
}
