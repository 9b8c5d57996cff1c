// A worker's session leaves nothing of a client where others find it: no name, number, telephone or word of the case in an address, in the
// title of a page, in the browser's storage or in the server's log.  And every answer carries the headers that keep a browser strict.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test, open_page, sign_in, done, no_problems, base } from './harness.mjs';

const password = 'nuan-demo-1', name = '令狐无痕', phone = '13800000733', idno = number('3504991950010100'), story = '欠债两万不敢回家';

/* Seventeen digits and the check digit of GB 11643; the county does not exist. */
function number(start) {
    const digits = [...`${start}3`].slice(0, 17), weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    return digits.join('') + '10X98765432'[digits.reduce((sum, d, i) => sum + Number(d) * weights[i], 0) % 11];
}

test('a session leaves no trace of a client', async () => {
    const page = await open_page(), addresses = [], titles = [];
    page.on('request', (r) => addresses.push(r.url()));
    page.on('load', async () => titles.push(await page.title().catch(() => '')));
    await sign_in(page, 'worker1', password);
    await page.goto('/people/new');
    await page.fill('[name=name]', name);
    await page.check('[name=sex][value="1"]');
    await page.fill('[name=idno]', idno);
    await page.fill('[name=phone]', phone);
    await page.click('main form button.btn-primary');
    await page.waitForURL(/\/people\/\d+$/);
    const person = new URL(page.url()).pathname;

    for (const typed of [name, idno, phone, 'lhwh']) {
        await page.fill('.search [name=q]', typed);
        await page.press('.search [name=q]', 'Enter');
        await page.waitForURL(/\/search/);
        assert.match(await page.locator('main').innerText(), new RegExp(name));
    }
    for (const list of ['/people', '/cases?view=all', '/referrals?view=all']) {
        await page.goto(list);
        await page.fill('main .filters [name=q]', name);
        await page.press('main .filters [name=q]', 'Enter');
        await page.waitForLoadState();
        assert.match(page.url(), /q=~/);
        assert.equal(await page.inputValue('main .filters [name=q]'), name);
        const links = await page.locator('a[href*="q="]').evaluateAll((all) => all.map((a) => decodeURIComponent(a.href)));
        assert.ok(links.every((l) => !l.includes(name)), links.find((l) => l.includes(name)));
    }
    await page.goto('/cases/new');
    await page.locator('.ts-control input').fill(name);
    await page.locator('.ts-dropdown .option', { hasText: name }).first().click();
    await page.click('main form button.btn-primary');
    await page.waitForURL(/\/cases\/\d+\/forms\/\d+/);
    await page.fill('[name=presenting_problem]', story);
    await page.waitForTimeout(3500);                    // the draft is saved
    const form = page.url();
    await page.goto(form.replace(/\/forms.*/, ''));
    await page.goto(person);
    await page.goto(`${person}/axis`);
    await page.goto(`${person}/edit`);
    const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]));

    const log = readFileSync(process.env.NUAN_LOG, 'utf8');
    assert.ok(addresses.length > 40 && titles.length > 10 && log.length > 500);
    const places = { addresses: addresses.map((a) => decodeURIComponent(a)).join('\n'), titles: titles.join('\n'), log, kept };
    for (const [where, text] of Object.entries(places))
        for (const word of [name, idno, phone, story, '欠债', '令狐'])
            assert.ok(!text.includes(word), `${word} stands in the ${where}: ${text.split('\n').find((l) => l.includes(word))}`);
    no_problems(page);
});

test('every kind of answer carries the headers of a strict browser', async () => {
    for (const path of ['/login', '/people', '/static/nuan.js', '/no/such/page', '/healthz']) {
        const answer = await fetch(base + path, { redirect: 'manual' }), h = (key) => answer.headers.get(key) ?? '';
        assert.match(h('content-security-policy'), /default-src 'self'.*object-src 'none'.*base-uri 'none'.*frame-ancestors 'none'/, path);
        assert.doesNotMatch(h('content-security-policy'), /unsafe|\*/, path);
        assert.equal(h('x-content-type-options'), 'nosniff', path);
        assert.equal(h('referrer-policy'), 'same-origin', path);
        assert.equal(h('cross-origin-opener-policy'), 'same-origin', path);
        assert.equal(h('cross-origin-resource-policy'), 'same-origin', path);
        assert.match(h('permissions-policy'), /camera=\(\), microphone=\(\), geolocation=\(\)/, path);
        assert.equal(h('server'), '', path);
        if (path === '/login' || path === '/people') assert.equal(h('cache-control'), 'no-store', path);
    }
    const cookie = (await fetch(`${base}/login`)).headers.get('set-cookie');
    assert.match(cookie, /^pre=[0-9a-f]+; .*HttpOnly; SameSite=Lax/);
});

await done();
