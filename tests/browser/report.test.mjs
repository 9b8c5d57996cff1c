// Discovery and crisis played by those who take part: a grid worker reports, the station turns it into a mandatory report and files it,
// the grid worker sees only that it was taken up; a critical case reaches the inbox of supervisor and head.
import assert from 'node:assert/strict';
import { test, open_page, sign_in, axe, done, no_problems, no_sideways_scroll, screenshot, phone, pdf_text } from './harness.mjs';

const password = 'nuan-demo-1';
let discovery = '', report = '';

async function pick(page, name, value) {
    await page.locator(`[name="${name}"][value="${value}"]`).check();
}

/* A code field is a row of radio buttons or, when it is long, a list. */
async function choose(page, name, value) {
    const list = page.locator(`select[name="${name}"]`);
    if (!await list.count()) return pick(page, name, value);
    await page.evaluate(([n, v]) => {
        const set = document.querySelector(`select[name="${n}"]`);
        if (set.tomselect) set.tomselect.setValue(v);
        else { set.value = v; set.dispatchEvent(new Event('change', { bubbles: true })); }
    }, [name, value]);
}

test('a grid worker reports on a phone and sees no more than that it arrived', async () => {
    const page = await open_page(phone);
    await sign_in(page, 'grid', password);
    assert.match(page.url(), /\/discoveries$/);
    await screenshot(page, 'report-grid-list');
    await page.click('main a:has-text("上报发现")');
    await choose(page, 'kind', 'domestic');
    await choose(page, 'urgency', '2');
    await pick(page, 'minor', 'no');
    await page.fill('[name=name]', '慕容秋水');
    await page.fill('[name=place]', '南门坡七号');
    await page.fill('[name=facts]', '昨夜打骂声持续一小时，今早见其左眼青紫');
    await page.fill('[name=reporter_phone]', '13800000109');
    await no_sideways_scroll(page);
    await axe(page);
    await screenshot(page, 'report-grid-form', true);
    await page.click('main form button.btn-primary');
    await page.waitForURL(/\/discoveries\/\d+$/);
    discovery = new URL(page.url()).pathname;
    const text = await page.locator('main').innerText();
    assert.match(text, /等待受理/);
    assert.doesNotMatch(text, /慕容秋水|左眼青紫/);
    no_problems(page);
});

test('the worker takes it up, and it becomes a mandatory report', async () => {
    const page = await open_page();
    await sign_in(page, 'worker1', password);
    await page.goto('/discoveries');
    await screenshot(page, 'report-list', true);
    await page.goto(discovery);
    assert.doesNotMatch(await page.locator('main').innerText(), /慕容秋水/);
    await page.click('main button:has-text("受理")');
    await page.waitForLoadState();
    assert.match(await page.locator('main').innerText(), /左眼青紫/);
    await axe(page);
    await pick(page, 'outcome', 'report');
    for (const line of ['shelter', 'comfort']) await pick(page, 'responses', line);
    await screenshot(page, 'report-discovery', true);
    await page.click('#settle button.btn-primary');
    await page.waitForURL(/\/reports\/\d+$/);
    report = new URL(page.url()).pathname;
    assert.match(await page.locator('main').innerText(), /待报告/);
    await axe(page);
    await screenshot(page, 'report-open', true);
    no_problems(page);
});

test('it is filed, printed without the name of who found it, and cannot be closed with open responses', async () => {
    const page = await open_page();
    await sign_in(page, 'worker1', password);
    await page.goto(report);
    await page.fill('#file [name=receiver_unit]', '翠江派出所');
    await page.fill('#file [name=receipt]', 'JJ-0077');
    await choose(page, 'told', 'danger');
    await page.click('#file button.btn-primary');
    await page.waitForLoadState();
    assert.match(await page.locator('main').innerText(), /已报告/);
    await screenshot(page, 'report-filed', true);
    await page.click('main button:has-text("办结")');
    await page.waitForLoadState();
    assert.match(await page.locator('main').innerText(), /还有响应措施没有办理/);
    const paper = pdf_text(await (await page.request.get(`${report}/pdf`)).body());
    assert.match(paper, /JJ-0077/);
    assert.match(paper, /反家庭暴力法/);
    assert.doesNotMatch(paper, /13800000109/);
});

test('the grid worker sees that it was taken up; a colleague and another station see nothing', async () => {
    const grid = await open_page(phone);
    await sign_in(grid, 'grid', password);
    await grid.goto(discovery);
    const text = await grid.locator('main').innerText();
    assert.match(text, /已受理/);
    assert.doesNotMatch(text, /强制报告|慕容秋水/);
    assert.equal((await grid.request.get(report)).status(), 403);
    const colleague = await open_page();
    await sign_in(colleague, 'worker2', password);
    assert.equal((await colleague.request.get(report)).status(), 404);
    const elsewhere = await open_page();
    await sign_in(elsewhere, 'worker4', password);
    assert.equal((await elsewhere.request.get(discovery)).status(), 404);
});

test('a crisis stands in the inbox of the supervisor, is done and put back', async () => {
    const page = await open_page();
    await sign_in(page, 'supervisor', password);
    const count = async () => Number(await page.locator('.inbox-link .badge').innerText().catch(() => '0'));
    const before = await count();
    assert.ok(before > 0, 'nothing in the inbox');
    await page.click('.inbox-link');
    await page.waitForURL(/\/inbox$/);
    assert.match(await page.locator('main').innerText(), /危急个案/);
    await axe(page);
    await screenshot(page, 'inbox');
    await page.locator('main li', { hasText: '危急个案' }).first().locator('button').click();
    await page.waitForLoadState();
    assert.equal(await count(), before - 1);
    await page.goto('/inbox?view=done');
    await page.locator('main li', { hasText: '危急个案' }).first().locator('button').click();
    await page.waitForLoadState();
    assert.equal(await count(), before);
    await page.goto('/inbox');
    await page.locator('main li a', { hasText: '危急个案' }).first().click();
    await page.waitForURL(/\/cases\/\d+$/);
    assert.match(await page.locator('main').innerText(), /危急个案/);
    await screenshot(page, 'crisis-case', true);
    no_problems(page);
});

test('the administrator sets mail and webhook up', async () => {
    const page = await open_page();
    await sign_in(page, 'admin', password);
    await page.goto('/settings/channels');
    await axe(page);
    await page.fill('#webhook [name=url]', 'http://127.0.0.1:9/robot');
    await page.fill('#webhook [name=secret]', '秘密');
    await page.click('#webhook button:has-text("保存")');
    await page.waitForLoadState();
    await page.click('button:has-text("发送测试")');
    await page.waitForLoadState();
    await page.waitForTimeout(8000);
    await page.reload();
    assert.match(await page.locator('main').innerText(), /等待发送/);
    await screenshot(page, 'channels', true);
    await page.fill('#webhook [name=url]', '');
    await page.click('#webhook button:has-text("保存")');
    await page.waitForLoadState();
    no_problems(page);
});

await done();
