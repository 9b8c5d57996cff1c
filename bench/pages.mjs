// The pages that are measured: [name, session, paths], with real addresses: those that the lists themselves link to.
// A name that begins with "dashboard" has the budget of one.

const password = 'nuan-demo-1';
const ids_in = (html, pattern) => [...new Set([...html.matchAll(pattern)].map((m) => m[1]))];
const each = (prefix, list) => list.map((x) => prefix + encodeURIComponent(x));
export const case_ids = (html) => ids_in(html, /href="\/cases\/(\d{10,})"/g);
export const person_ids = (html) => ids_in(html, /href="\/people\/(\d{10,})"/g);

// What a worker and a head of a station open all day.
async function station(server, worker, head) {
    const cases = case_ids((await server.ask('/cases', worker)).text), people = person_ids((await server.ask('/people', head)).text);
    if (cases.length === 0 || people.length === 0) throw new Error('the lists are empty');
    return [
        ['desk, worker', worker, ['/']],
        ['desk, head of station', head, ['/']],
        ['case list, worker', worker, ['/cases']],
        ['case list, head of station', head, ['/cases', '/cases?page=2', '/cases?page=9']],
        ['case list, filtered', head, ['/cases?view=all&state=intervention', '/cases?view=late', '/cases?view=all&urgency=2', '/cases?view=dormant']],
        ['person list, head of station', head, ['/people', '/people?sort=newest']],
        ['person list, filtered', head, ['/people?category=A01', '/people?age=elder&sex=2', '/people?q=%E7%A7%80%E8%8B%B1']],
        ['person page', head, each('/people/', people)],
        ['case page', worker, each('/cases/', cases)],
        ['search by name', head, each('/search?q=', ['秀英', '建国', '王秀', '李海', '张明', '陈静', '桂兰', '志强'])],
        ['search by pinyin', head, each('/search?q=', ['wangxiu', 'xiuying', 'lihai', 'chenjing', 'zhangm', 'jianguo'])],
        ['search by initials', head, each('/search?q=', ['wxy', 'ljg', 'zmh', 'cj', 'lh'])],
        ['dashboard of a station, year', head, ['/figures?period=year']],
    ];
}

// numbers: ID numbers of nobody.
export async function county_pages(server, numbers) {
    const sign_in = (name) => server.sign_in(name, password);
    const worker = await sign_in('worker1'), head = await sign_in('head'), wide = await sign_in('supervisor'), county = await sign_in('county');
    return [
        ...await station(server, worker, head),
        ['case list, supervisor (area)', wide, ['/cases?view=all', '/cases?view=all&page=3']],
        ['person list, supervisor (area)', wide, ['/people']],
        ['search by ID number (not there)', head, each('/search?q=', numbers)],
        ['dashboard of a county, year', county, ['/figures?period=year']],
        ['lamps of a county', county, ['/lamps/' + await lamps(server, county)]],
    ];
}

export const county_workers = (server) => Promise.all(['worker1', 'worker2', 'worker3'].map((name) => server.sign_in(name, password)));

// The lamps of the user's own unit: where the page of lamps leads to.
async function lamps(server, session) {
    const r = await server.ask('/lamps', session);
    return /\/lamps\/(\d+)/.exec(r.headers.location ?? r.text)?.[1];
}

export async function province_pages(server) {
    const sign_in = (name) => server.sign_in(name, password);
    const county = await sign_in('county1'), city = await sign_in('city1'), top = await sign_in('province');
    return [
        ...await station(server, await sign_in('s5w3'), await sign_in('s1w0')),
        ['dashboard of a county, year', county, ['/figures?period=year']],
        ['dashboard of a city, year', city, ['/figures?period=year']],
        ['dashboard of the province, year', top, ['/figures?period=year']],
        ['dashboard of the province, month', top, ['/figures?period=month']],
        ['desk of the province', top, ['/']],
        ['tree of the province', top, ['/network']],
    ];
}

// The lamps of one station, of a county, and the matrix of the province; the staff of all.
export async function rules_pages(server) {
    const head = await server.sign_in('s5w0', password), county = await server.sign_in('county1', password), top = await server.sign_in('province', password);
    return [
        ['lamps of a station', head, ['/lamps/' + await lamps(server, head)]], ['lamps of a county', county, ['/lamps/' + await lamps(server, county)]],
        ['matrix of the province', top, [`/lamps/${await lamps(server, top)}/matrix`]], ['staff of the province', top, ['/staff']], ['staff of a station', head, ['/staff']],
    ];
}

// The whole country's tree: its page, its lists, what every page shows of it (the unit switcher), and the sums.
export async function country_pages(server) {
    const of = { country: 'country', 'a province': 'province18', 'a city': 'city190', 'a county': 'county1800', 'a station': 'station20000' }, list = [];
    for (const [what, login] of Object.entries(of)) {
        const who = await server.sign_in(login, password);
        list.push([`tree of ${what}`, who, ['/network']], [`list of stations of ${what}`, who, ['/network?level=station']],
            [`list of points of ${what}`, who, ['/network?level=point']], [`unit by a part of its name, ${what}`, who, each('/network?q=', ['河', '橘子洲'])],
            [`any page with the unit switcher, ${what}`, who, ['/me/sessions']], [`desk of ${what}`, who, ['/']],
            [`dashboard of ${what}, year`, who, ['/figures?period=year']], [`dashboard of ${what}, month`, who, ['/figures?period=month']]);
        const units = ids_in((await server.ask('/network', who)).text, /href="\/network\/(\d{10,})"/g).slice(0, 50);
        list.push([`page of a unit, ${what}`, who, each('/network/', units)]);
    }
    return list;
}
