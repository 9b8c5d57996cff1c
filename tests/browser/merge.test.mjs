// Nothing typed is lost, nothing is registered twice, and what was merged can be parted again.
import assert from 'node:assert/strict';
import { test, open_page, sign_in, axe, done, no_problems, no_sideways_scroll, screenshot, phone } from './harness.mjs';

const password = 'nuan-demo-1';

async function register(page, name, born) {
    await page.goto('/people/new');
    await page.fill('[name=name]', name);
    await page.fill('[name=born]', born);
    await page.click('.form-bar .btn-primary');
    await page.waitForURL(/\/people\/\d+$/);
    return new URL(page.url()).pathname;
}

test('who may be registered already is shown beside the form, and does not stop', async () => {
    const page = await open_page();
    await sign_in(page, 'worker1', password);
    await register(page, '欧阳晓红', '1950-02-03');
    await page.goto('/people/new');
    await page.fill('[name=name]', '欧阳小红');
    await page.fill('[name=born]', '1950-02-03');
    await page.locator('[name=born]').blur();
    await page.waitForSelector('#same .alert');
    assert.match(await page.locator('#same').innerText(), /欧阳晓红/);
    await screenshot(page, 'same', false);
    await page.click('.form-bar .btn-primary');
    await page.waitForURL(/\/people\/\d+$/);
    assert.match(await page.locator('main').innerText(), /可能已经登记/);
    no_problems(page);
});

test('the head merges the two, and takes it back from the message', async () => {
    const page = await open_page();
    await sign_in(page, 'head', password);
    await page.goto('/people/doubles');
    await screenshot(page, 'doubles', false);
    await axe(page);
    await page.locator('tr', { hasText: '欧阳晓红' }).locator('a', { hasText: '比较' }).click();
    await page.waitForURL(/\/merge\//);
    await screenshot(page, 'merge', true);
    await axe(page);
    const gone = `/people/${page.url().split('/').pop()}`;
    await page.fill('[name=reason]', '经家属确认');
    await page.click('form .btn-primary');
    await page.waitForURL(/\/people\/\d+$/);
    const keep = new URL(page.url()).pathname;
    assert.match(await page.locator('.flash').innerText(), /已合并/);
    await page.locator('.flash button').click();
    await page.waitForURL((url) => url.pathname === gone);
    assert.match(await page.locator('.flash').innerText(), /已撤销合并/);
    await page.goto(keep);
    assert.equal(new URL(page.url()).pathname, keep);
    no_problems(page);
});

test('two workers save the same form: the second is told, and loses nothing', async () => {
    const one = await open_page(), two = await open_page();
    await sign_in(one, 'worker1', password);
    const person = await register(one, '巫不重', '1949-09-09');
    await sign_in(two, 'head', password);
    for (const page of [one, two]) await page.goto(`${person}/edit`);
    await one.fill('[name=phone_note]', '下午联系');
    await one.click('.form-bar .btn-primary');
    await one.waitForURL((url) => url.pathname === person);
    await two.fill('[name=phone_note]', '晚上联系');
    await two.click('.form-bar .btn-primary');
    await two.waitForSelector('#errors');
    assert.equal(await two.inputValue('[name=phone_note]'), '晚上联系');
    assert.match(await two.locator('main').innerText(), /下午联系/);
});

test('a form saves itself while somebody types, and is found on another machine', async () => {
    const page = await open_page();
    await sign_in(page, 'worker2', password);
    await page.goto('/people/new');
    const saved = page.waitForResponse((r) => r.url().endsWith('/drafts') && r.ok());
    await page.fill('[name=name]', '写了一半');
    await saved;
    const other = await open_page(phone);
    await sign_in(other, 'worker2', password);
    await other.goto('/people/new');
    await screenshot(other, 'draft-360', false);
    await no_sideways_scroll(other);
    await other.click('a:has-text("恢复填写的内容")');
    assert.equal(await other.inputValue('[name=name]'), '写了一半');
    await other.click('button:has-text("丢弃")');
    await other.waitForURL(/\/people\/new$/);
    assert.equal(await other.inputValue('[name=name]'), '');
    no_problems(other);
});

test('a session that ends in the middle of a form: after signing in again it is all there', async () => {
    const page = await open_page(), elsewhere = await open_page();
    await sign_in(page, 'worker1', password);
    await page.goto('/people/new');
    await page.fill('[name=name]', '会话断开');
    await page.fill('[name=occupation]', '务农');
    /* Another device ends the sessions of this account. */
    await sign_in(elsewhere, 'worker1', password);
    await elsewhere.goto('/me/sessions');
    await elsewhere.locator('form button:has-text("退出"), form button:has-text("其他")').last().click();
    await elsewhere.waitForLoadState();
    await page.click('.form-bar .btn-primary');
    await page.waitForURL(/\/login/);
    await page.fill('input[name=name]', 'worker1');
    await page.fill('input[name=password]', password);
    await page.press('input[name=password]', 'Enter');
    await page.waitForURL(/\/people\/new/);
    assert.equal(await page.inputValue('[name=name]'), '会话断开');
    assert.equal(await page.inputValue('[name=occupation]'), '务农');
    await page.click('.form-bar .btn-primary');
    await page.waitForURL(/\/people\/\d+$/);
});

await done();
