// A community project as it is used: a worker opens it, sees beside the button what the gate lacks, writes the needs assessment, and reads
// what the program put together; the head suspends one that is at work; on a phone nothing is wider than the screen.
import assert from 'node:assert/strict';
import { test, open_page, sign_in, axe, done, no_problems, no_sideways_scroll, screenshot, phone } from './harness.mjs';

const password = 'nuan-demo-1';

/* A refusal is an answer with status 422, which the browser also notes in its console. */
function no_problems_but_refusals(page) {
    assert.deepEqual(page.problems.filter((p) => !p.includes('status of 422')), []);
}

test('a worker opens a project, and the gate names what is missing until the assessment is handed in', async () => {
    const page = await open_page();
    await sign_in(page, 'worker1', password);
    await page.goto('/projects');
    await axe(page);
    await page.click('main a:has-text("新建社区项目")');
    await page.fill('[name=name]', '邻里互助修理铺');
    await page.check('[name=kind][value=micro]');
    await axe(page);
    await page.click('form.card button.btn-primary');
    assert.match(await page.textContent('main'), /邻里互助修理铺/);
    const project = page.url();
    assert.match(await page.textContent('section[aria-labelledby=next-title]'), /还没有需求评估。/);
    assert.equal(await page.locator('section[aria-labelledby=next-title] a.btn-primary').count(), 0);
    await axe(page);
    await page.click('button:has-text("填写")');
    await page.fill('[name=party_org]', '翠江社区党总支');
    await page.fill('[name="problems.0.text"]', '小家电坏了没处修');
    await axe(page);
    await page.click('button[name=do][value=submit]');
    assert.match(await page.textContent('main'), /翠江社区党总支|必填|请填写/);
    assert.equal(await page.inputValue('[name=party_org]'), '翠江社区党总支');
    assert.equal(await page.inputValue('[name="problems.0.text"]'), '小家电坏了没处修');
    await page.goto(project);
    assert.match(await page.textContent('section[aria-labelledby=next-title]'), /居民需求：/);
    await page.click('a:has-text("需求评估报告")');
    assert.match(await page.textContent('article.paper'), /小家电坏了没处修/);
    no_problems_but_refusals(page);
});

test('the head suspends a project at work with a reason, and resumes it', async () => {
    const page = await open_page();
    await sign_in(page, 'head', password);
    await page.goto('/projects?state=executing');
    await page.click('tbody th a');
    const project = page.url();
    await page.click('section[aria-labelledby=next-title] a:has-text("暂停")');
    await page.click('form.card button.btn-primary');
    assert.match(await page.textContent('main'), /原因/);
    assert.equal(await page.locator('.is-invalid').count(), 1);
    await page.fill('[name=reason]', '场地维修');
    await page.click('form.card button.btn-primary');
    assert.equal(page.url(), project);
    assert.match(await page.textContent('main'), /已暂停[^]*场地维修/);
    await page.click('section[aria-labelledby=next-title] a:has-text("恢复执行")');
    await page.fill('[name=reason]', '维修完成');
    await page.click('form.card button.btn-primary');
    assert.match(await page.textContent('.record-head'), /服务执行/);
    await page.click('nav.tabs a:has-text("过程记录")');
    assert.match(await page.textContent('main'), /场地维修[^]*/);
    no_problems_but_refusals(page);
});

test('a project is read on a phone, down to its evaluation, and shut to who only reads', async () => {
    const page = await open_page(phone);
    await sign_in(page, 'county', password);
    for (const address of ['/projects', '/projects/findings', '/projects/methods']) {
        await page.goto(address);
        await no_sideways_scroll(page);
        await axe(page);
    }
    await page.goto('/projects?state=closed');
    await page.click('tbody th a');
    await no_sideways_scroll(page);
    assert.equal(await page.locator('main form').count(), 0);
    for (const tab of ['活动', '评估和改进', '过程记录']) {
        await page.click(`nav.tabs a:has-text("${tab}")`);
        await no_sideways_scroll(page);
        await axe(page);
        await screenshot(page, `community-${tab}`, true);
    }
    await page.click('nav.tabs a:has-text("评估和改进")');
    assert.match(await page.textContent('main'), /独居老人午饭没有着落/);
    no_problems(page);
});

await done();
