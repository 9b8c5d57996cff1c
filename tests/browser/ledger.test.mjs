// The ledgers as they are used: a head records a training on the page of a member of staff, a worker his own hours on a phone, the
// county revises a document that its stations read, and a roster with a mistake is refused line by line.
import assert from 'node:assert/strict';
import { test, open_page, sign_in, axe, done, no_problems, no_sideways_scroll, screenshot, phone } from './harness.mjs';

const password = 'nuan-demo-1';

/* A refusal is an answer with status 422, which the browser also notes in its console. */
function no_problems_but_refusals(page) {
    assert.deepEqual(page.problems.filter((p) => !p.includes('status of 422')), []);
}

test('a head records a training, corrects it, strikes it out and takes that back', async () => {
    const page = await open_page();
    await sign_in(page, 'head', password);
    await page.goto('/staff');
    await page.click('tbody th a');
    await page.click('nav.tabs a:has-text("培训与能力")');
    await axe(page);
    await page.click('section[aria-label="培训"] a:has-text("登记")');
    await page.check('[name=kind][value=continuing]');
    await page.fill('[name=title]', '哀伤辅导工作坊');
    await page.fill('[name=amount]', '12');
    await page.fill('[name=party]', '省社会工作联合会');
    await axe(page);
    await screenshot(page, 'ledger-form', true);
    await page.click('form button.btn-primary');
    assert.match(await page.textContent('main'), /哀伤辅导工作坊/);
    await page.click('main a:has-text("修改")');
    await page.fill('[name=amount]', '0');
    await page.click('form button.btn-primary');
    assert.match(await page.textContent('main'), /数值超出允许的范围/);
    await page.fill('[name=amount]', '16');
    await page.click('form button.btn-primary');
    await page.click('button:has-text("作废")');
    assert.match(page.url(), /\/ledgers\/training$/);
    assert.ok(!(await page.textContent('tbody')).includes('哀伤辅导工作坊'), 'struck out, and still in the list');
    await page.click('.flash button');
    assert.match(await page.textContent('main'), /哀伤辅导工作坊/);
    no_problems_but_refusals(page);
});

test('a worker records his own hours on a phone, and sees nobody\'s pay but his own', async () => {
    const page = await open_page(phone);
    await sign_in(page, 'worker1', password);
    await page.goto('/ledgers');
    await no_sideways_scroll(page);
    await axe(page);
    await page.click('main a:has-text("工时")');
    await no_sideways_scroll(page);
    await page.click('main a:has-text("登记")');
    assert.equal(await page.evaluate(() => [...document.querySelector('select[name=staff]').options].filter((o) => o.value).length), 1);
    await page.check('[name=kind][value=admin]');
    await page.fill('[name=amount]', '45');
    await page.fill('[name=title]', '迎检材料');
    await no_sideways_scroll(page);
    await page.click('form button.btn-primary');
    assert.match(await page.textContent('main'), /迎检材料/);
    await page.goto('/ledgers/grade');
    const names = await page.$$eval('tbody th', (all) => [...new Set(all.map((th) => th.textContent))]);
    assert.equal(names.length, 1);
    no_problems(page);
});

test('a revised document stays readable in its old version, down to the stations', async () => {
    const page = await open_page();
    await sign_in(page, 'county', password);
    await page.goto('/ledgers/institution');
    await page.click('tbody th a:has-text("督导制度")');
    const old = page.url();
    await page.click('main a:has-text("修订")');
    await page.fill('[name=number]', '2.0');
    await page.fill('[name=until]', '2099-01-01');
    await page.click('form button.btn-primary');
    const fresh = page.url();
    const station = await open_page();
    await sign_in(station, 'worker1', password);
    await station.goto(fresh);
    assert.equal(await station.locator('main a:has-text("修改")').count(), 0);
    await station.click('main a:has-text("上一版本")');
    assert.equal(station.url(), old);
    assert.match(await station.textContent('main'), /旧版本/);
    no_problems(station);
});

test('a roster with a mistake is refused by its line, and nothing of it is written', async () => {
    const page = await open_page();
    await sign_in(page, 'head', password);
    await page.goto('/staff/import');
    const unit = (await page.textContent('header summary')).trim();
    const text = `姓名,性别,单位,用工形式,入职日期\n欧阳一,女,${unit},专职,2025-01-01\n欧阳二,女,${unit},专职,2025-02-30\n`;
    await page.setInputFiles('[name=file]', { name: '人员.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    await page.click('form button.btn-primary');
    const table = await page.textContent('tbody');
    assert.match(table, /3/);
    assert.match(table, /日期格式应为/);
    await axe(page);
    await page.goto('/staff?q=%E6%AC%A7%E9%98%B3');
    assert.doesNotMatch(await page.textContent('main'), /欧阳一/);
    no_problems_but_refusals(page);
});

await done();
