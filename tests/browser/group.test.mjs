// Group work as its leader meets it: a new group, its plan as a draft, a candidate found by name and screened, the gate that says what
// is missing, and a session added and cancelled; on a telephone too.
import assert from 'node:assert/strict';
import { test, open_page, sign_in, axe, done, no_problems, no_sideways_scroll, screenshot, phone } from './harness.mjs';

const password = 'nuan-demo-1';
let group = '';

test('a worker opens a group and leaves its plan as a draft', async () => {
    const page = await open_page();
    await sign_in(page, 'worker1', password);
    await page.goto('/groups');
    await page.click('main a:has-text("新小组")');
    await page.fill('#f-name', '浏览器里的手工小组');
    await page.click('main form button.btn-primary');
    await page.waitForURL(/\/groups\/\d+\/forms\/\d+$/);
    group = new URL(page.url()).pathname.replace(/\/forms\/.*/, '');
    assert.equal(await page.locator('#f-group_name').inputValue(), '浏览器里的手工小组');
    await page.locator('[name="goals.0.goal"]').fill('做出一件作品');
    await page.click('button[value=draft]');
    await page.waitForURL(/\/groups\/\d+\/forms\/\d+$/);
    assert.equal(await page.locator('[name="goals.0.goal"]').inputValue(), '做出一件作品');
    await axe(page);
    no_problems(page);
});

test('the gate says what is missing, and a candidate is found by name', async () => {
    const page = await open_page();
    await sign_in(page, 'worker1', password);
    await page.goto(group);
    assert.match(await page.locator('#gate').innerText(), /小组计划书（H）还没有通过审批/);
    await page.click('nav.tabs a:has-text("组员")');
    await axe(page);
    await page.locator('#f-person-ts-control').fill('王');
    await page.locator('.ts-dropdown .option').first().click();
    await page.click('button:has-text("加入名单")');
    await page.waitForURL(/\/members$/);
    await page.click('main tbody tr th a');
    await page.locator('[name=way][value=interview]').check();
    await page.locator('[name=state][value=accepted]').check();
    await page.fill('[name=reason]', '愿意参加');
    await page.click('button:has-text("保存结果")');
    await page.waitForURL(/\/members$/);
    assert.match(await page.locator('main tbody').innerText(), /录取/);
    await screenshot(page, 'group-members', true);
    no_problems(page);
});

test('the pages of a group that works fit a telephone', async () => {
    const page = await open_page(phone);
    await sign_in(page, 'worker1', password);
    await page.goto('/groups?view=all');
    await page.click('main a:has-text("稳稳走")');
    const here = new URL(page.url()).pathname;
    assert.match(await page.locator('#ticks-title').innerText(), /本阶段主要工作/);
    for (const tab of ['', '/members', '/sessions', '/forms', '/attendance']) {
        await page.goto(here + tab);
        await no_sideways_scroll(page);
        await axe(page);
        await screenshot(page, `group${tab.replace('/', '-')}-phone`, true);
    }
    assert.match(await page.locator('main').innerText(), /出席率 \d+%/);
    no_problems(page);
});

test('the county reads numbers and no group', async () => {
    const page = await open_page();
    await sign_in(page, 'county', password);
    await page.goto('/groups/figures');
    const text = await page.locator('main').innerText();
    assert.match(text, /出席人次/);
    assert.ok(!text.includes('稳稳走'));
    assert.equal((await page.goto(group)).status(), 403);
});

await done();
