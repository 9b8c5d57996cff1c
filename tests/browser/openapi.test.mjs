// The interface for programs, as a program meets it: a token made on its page, a description that a validator accepts, and every
// operation of it asked with data made from its schema.  What comes back must be what the description says, and never 500.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { axe, base, desktop, done, no_problems, no_sideways_scroll, open_page, phone, screenshot, sign_in, test } from './harness.mjs';

const web = createRequire(new URL('../../web/package.json', import.meta.url));
const load = async (name) => import(pathToFileURL(web.resolve(name)));
const password = 'nuan-demo-1', who = 'worker20';           // of a station that no other test works in
let token = '';
let document = null;

const ask = (path, { method = 'GET', body, headers = {}, as = token } = {}) => fetch(base + path, { method, redirect: 'manual',
    headers: { Accept: 'application/json', Authorization: `Bearer ${as}`, ...(body !== undefined && { 'Content-Type': 'application/json' }), ...headers },
    body: body === undefined ? undefined : JSON.stringify(body) });

test('a token is made on its page and shown once', async () => {
    for (const viewport of [desktop, phone])
        for (const lang of ['zh', 'en']) {
            const page = await open_page(viewport);
            await sign_in(page, who, password);
            await page.goto(`/me/tokens?lang=${lang}`);
            await axe(page);
            await no_sideways_scroll(page);
            await screenshot(page, `tokens-${lang}-${viewport.width}`, true);
            no_problems(page);
        }
    const page = await open_page();
    await sign_in(page, who, password);
    await page.goto('/me/tokens?lang=zh');
    await page.fill('input[name=name]', '对接测试');
    await page.check('input[name=scope][value=write]');
    await page.click('form[action="/me/tokens"] button.btn-primary');
    token = (await page.locator('code.secret').innerText()).trim();
    assert.match(token, /^[0-9a-f]{64}$/);
    await screenshot(page, 'token-made', true);
    await page.goto('/me/tokens');
    assert.ok(!(await page.content()).includes(token));
    assert.ok((await page.locator('main').innerText()).includes('对接测试'));
});

test('a validator accepts the description', async () => {
    const { Validator } = await load('@seriousme/openapi-schema-validator');
    const reply = await ask('/api/openapi.json');
    assert.equal(reply.status, 200);
    document = await reply.json();
    const checked = await new Validator().validate(structuredClone(document));
    assert.ok(checked.valid, JSON.stringify(checked).slice(0, 2000));
    assert.ok(Object.keys(document.paths).length > 100);
});

// The ids that the lists of this user show, by the name of the parameter.
async function examples() {
    const first = async (path, pick) => ((await (await ask(path)).json()).items ?? []).map(pick)[0], read = async (path) => (await ask(path)).json();
    const forms = (await read(`/cases/${await first('/cases?view=all', (r) => r.id)}`)).forms ?? [];
    return { form: forms[0]?.id, unit: await first('/network', (r) => r.id), ledger: 'training', person: await first('/people', (r) => r.id), household: await first('/households', (r) => r.id),
        case: await first('/cases?view=all', (r) => r.id), referral: await first('/referrals?view=all', (r) => r.id),
        discovery: await first('/discoveries?view=all', (r) => r.id), report: await first('/reports?view=done', (r) => r.id) };
}

// An address for a path of the description: real ids where there are any, else one that does not exist.
const address = (path, known) => path.replace(/\{(\w+)\}/g, (_, name) => known[name] ?? (/id|^[a-z]+$/.test(name) ? '999' : 'x'));

async function checker() {
    const Ajv = web('ajv/dist/2020').default, formats = web('ajv-formats').default;
    const ajv = new Ajv({ strict: false, allErrors: true });
    formats(ajv);
    ajv.addSchema({ $id: 'doc', components: document.components });
    const compiled = new Map();
    return (schema, value, where) => {
        const text = JSON.stringify(schema).replaceAll('#/components', 'doc#/components');
        if (!compiled.has(text))
            compiled.set(text, ajv.compile(JSON.parse(text)));
        const valid = compiled.get(text);
        assert.ok(valid(value), `${where}: ${JSON.stringify(valid.errors)?.slice(0, 600)}`);
    };
}

async function check_reply(check, operation, reply, where) {
    const type = (reply.headers.get('content-type') ?? '').split(';')[0];
    assert.ok(reply.status < 500, `${where}: ${reply.status}`);
    assert.equal(reply.headers.get('set-cookie'), null, `${where} sets a cookie`);
    if (reply.status === 200 && type === 'application/json') check(operation.responses['200'].content[type].schema, await reply.json(), where);
    else if (reply.status >= 400) {
        assert.equal(type, 'application/problem+json', `${where}: ${reply.status} ${type}`);
        check(document.components.responses.Problem.content[type].schema, await reply.json(), where);
    } else assert.ok(reply.status === 303 || reply.status === 200, `${where}: ${reply.status}`);
}

test('every list and record answers what is described', async () => {
    const check = await checker(), known = await examples();
    let read = 0;
    for (const [path, item] of Object.entries(document.paths)) {
        if (!item.get) continue;
        const where = address(path, known), reply = await ask(where);
        read += reply.status === 200;
        await check_reply(check, item.get, reply, `GET ${where}`);
    }
    assert.ok(read >= 14, `${read} answered`);
});

test('every form takes what is described, and refuses the rest in words', async () => {
    const { generate } = await import(new URL('../../web/node_modules/json-schema-faker/dist/index.js', import.meta.url));
    const check = await checker(), known = await examples();
    const seen = new Map();
    for (const [path, item] of Object.entries(document.paths)) {
        const content = item.post?.requestBody?.content?.['application/json'];
        if (!content) continue;
        const where = address(path, known);
        const bodies = [{}, { name: '\u202e<script>"\'--', n: 9007199254740991, ids: ['1', '2'] }];
        for (let i = 0; i < 3; i++) bodies.push(await generate(content.schema, { seed: i * 7 + 1 }));
        for (const body of bodies) {
            const reply = await ask(where, { method: 'POST', body }).catch((e) => assert.fail(`POST ${where} ${JSON.stringify(body).slice(0, 300)}: ${e.cause ?? e}`));
            seen.set(reply.status, (seen.get(reply.status) ?? 0) + 1);
            await check_reply(check, item.post, reply, `POST ${where} ${JSON.stringify(body).slice(0, 200)}`);
        }
    }
    assert.ok((seen.get(422) ?? 0) > 20, `422 ${seen.get(422)} times`);
});

test('paging, tags, keys and refusals', async () => {
    const page = await (await ask('/people?per=20')).json();
    assert.equal(page.items.length, 20);
    const next = await (await ask(page.next)).json();
    assert.ok(!page.items.some((r) => next.items.some((s) => s.id === r.id)));
    const one = await ask(`/people/${page.items[0].id}`), tag = one.headers.get('etag');
    assert.equal((await ask(`/people/${page.items[0].id}`, { headers: { 'If-None-Match': tag } })).status, 304);
    const body = { name: '接口登记', sex: '1' }, key = { 'Idempotency-Key': 'order-1' };
    const made = await (await ask('/people/new', { method: 'POST', body, headers: key })).json();
    const again = await (await ask('/people/new', { method: 'POST', body, headers: key })).json();
    assert.deepEqual(again, made);
    assert.match(made.location, /^\/people\/\d+$/);
    assert.equal((await (await ask(made.location)).json()).name, '接口登记');
    assert.equal((await ask('/people', { as: '0'.repeat(64) })).status, 401);
    assert.equal((await ask('/cases/new')).status, 406);
    const broken = await fetch(`${base}/people/new`, { method: 'POST', body: '{"name":', headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' } });
    assert.equal(broken.status, 400);
});

await done();
