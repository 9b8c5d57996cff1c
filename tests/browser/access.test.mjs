// Break-glass: a colleague who is shut out opens a client's file in an emergency; the head is told, reads the reason and reviews it; the
// client can be shown who read his file.
import assert from 'node:assert/strict';
import { test, open_page, sign_in, axe, done, no_problems, no_sideways_scroll, screenshot, phone } from './harness.mjs';

const password = 'nuan-demo-1', reason = '深夜来电说要自伤，责任社工联系不上';
let person = '';

const words = (page) => page.locator('main').innerText();

test('a colleague is shut out and opens the file in an emergency', async () => {
    const worker = await open_page();
    await sign_in(worker, 'worker1', password);
    await worker.goto('/people/new');
    await worker.fill('[name=name]', '司空见晴');
    await worker.check('[name=sex][value="2"]');
    await worker.fill('[name=born]', '1950-03-04');
    await worker.click('main form button.btn-primary');
    await worker.waitForURL(/\/people\/\d+$/);
    person = new URL(worker.url()).pathname;
    await worker.goto(`/cases/new?person=${person.split('/').pop()}`);
    await worker.click('main form button.btn-primary');
    await worker.waitForURL(/\/cases\/\d+\/forms\/\d+/);

    const page = await open_page(phone);
    await sign_in(page, 'worker2', password);
    await page.goto(person);
    assert.match(await words(page), /敏感内容只对责任社工/);
    await screenshot(page, 'access-shut');
    await page.click('main .sealed a:has-text("申请查阅")');
    await page.check('[name=way][value=emergency]');
    await page.fill('[name=reason]', '急');
    await page.click('main form button.btn-primary');
    assert.match(await words(page), /请把理由写清楚/);
    await page.fill('[name=reason]', reason);
    await no_sideways_scroll(page);
    await axe(page);
    await screenshot(page, 'access-ask', true);
    await page.click('main form button.btn-primary');
    await page.waitForURL((url) => url.pathname === person);
    assert.match(await words(page), /这份档案对您打开到/);
    await screenshot(page, 'access-open');
});

test('the head is told at once, reads the reason and reviews it', async () => {
    const page = await open_page();
    await sign_in(page, 'head', password);
    await page.goto('/inbox');
    assert.match(await words(page), /有人紧急打开了敏感档案/);
    await screenshot(page, 'access-inbox');
    await page.goto('/access?view=review');
    const row = page.locator('tr', { hasText: '司空见晴' });
    assert.match(await row.innerText(), new RegExp(reason));
    await axe(page);
    await screenshot(page, 'access-review');
    await row.locator('button:has-text("理由成立")').click();
    await page.waitForLoadState();
    await page.goto('/access?view=all');
    assert.match(await page.locator('tr', { hasText: '司空见晴' }).innerText(), /理由成立/);
    await page.goto(`${person}/readers`);
    assert.match(await words(page), new RegExp(reason));
    await axe(page);
    await screenshot(page, 'access-readers', true);
    no_problems(page);
});

test('the head approves who may open the files of minors', async () => {
    const page = await open_page(phone);
    await sign_in(page, 'head', password);
    await page.goto('/access/minors');
    assert.match(await words(page), /未批准/);
    await no_sideways_scroll(page);
    await axe(page);
    await screenshot(page, 'access-minors', true);
    await page.goto('/access?view=all&lang=en');
    await no_sideways_scroll(page);
    await screenshot(page, 'access-all-en', true);
    no_problems(page);
});

await done();
