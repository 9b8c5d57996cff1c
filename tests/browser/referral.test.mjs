// A referral played by those who take part: the clerk refers, the station accepts and opens the case, the clerk sees status and
// feedback but never the case; an agency without an account answers by link and code; the client reads his own file.
import assert from 'node:assert/strict';
import { test, open_page, sign_in, axe, done, no_problems, no_sideways_scroll, screenshot, phone } from './harness.mjs';

const password = 'nuan-demo-1';
let referral = '', the_case = '';

async function pick(page, name, value) {
    await page.locator(`[name="${name}"][value="${value}"]`).check();
}

async function services(page, code) {
    await page.evaluate((c) => {
        const list = document.querySelector('select[name=services]');
        const set = list.tomselect;
        if (set) set.addItem(c);
        else [...list.options].find((o) => o.value === c).selected = true;
    }, code);
}

/* The signature pad takes a typed name as well. */
async function sign(page, scope = '') {
    await page.locator(`${scope} .sign input[type=text], ${scope} .sign input:not([type])`).first().fill('签名');
}

async function no_errors(page) {
    assert.deepEqual(await page.locator('#errors li').allTextContents(), [], 'the form was refused');
}

test('the clerk refers somebody', async () => {
    const page = await open_page();
    await sign_in(page, 'clerk', password);
    assert.match(page.url(), /\/referrals$/);
    await page.click('a:has-text("转介给社工站")');
    await page.fill('[name=from_org]', '社会事务办');
    await page.fill('[name=from_phone]', '0598-6820000');
    await page.fill('[name=name]', '端木清秋');
    await page.fill('[name=born]', '1952-05-05');
    await pick(page, 'reason', 'specialised');
    await services(page, '1.2');
    await pick(page, 'service_class', 'comprehensive');
    await page.fill('[name=summary]', '低保户，独居，近期情绪低落');
    await page.fill('[name=consent_by]', '端木清秋');
    await pick(page, 'consent_relation', 'self');
    await pick(page, 'consent_way', 'oral');
    await sign(page);
    await screenshot(page, 'referral-clerk', true);
    await page.click('main form button.btn-primary');
    await page.waitForURL(/\/referrals\/\d+$/);
    referral = new URL(page.url()).pathname;
    assert.match(await page.locator('main').innerText(), /已发出/);
    no_problems(page);
});

test('the station accepts: a person and a case in one step', async () => {
    const page = await open_page();
    await sign_in(page, 'worker1', password);
    assert.match(await page.locator('main').innerText(), /端木清秋 · 转介待接收/);
    await page.goto(referral);
    await pick(page, 'client', 'new');
    await page.fill('#accept [name=reason]', '明天上门');
    await sign(page, '#accept');
    await page.click('#accept button.btn-primary');
    await page.waitForURL(/\/cases\/\d+$/);
    the_case = new URL(page.url()).pathname;
    assert.match(await page.locator('h1').innerText(), /端木清秋/);
    assert.match(await page.locator('#referrals').innerText(), /社会事务办/);
    await page.click('#forms a:has-text("A ")');
    assert.equal(await page.inputValue('[name=presenting_problem]'), '低保户，独居，近期情绪低落');
    await page.goto(referral);
    await page.fill('#feedback [name=text]', '已上门，安排每周探访');
    await page.click('#feedback button.btn-primary');
    await page.waitForLoadState();
    no_problems(page);
});

test('the clerk sees the feedback and cannot open the case', async () => {
    const page = await open_page();
    await sign_in(page, 'clerk', password);
    await page.goto(referral);
    const text = await page.locator('main').innerText();
    assert.match(text, /已反馈/);
    assert.match(text, /已上门，安排每周探访/);
    assert.equal(await page.locator('a[href^="/cases/"]').count(), 0);
    const r = await page.request.get(the_case);
    assert.equal(r.status(), 403);
    assert.doesNotMatch(await r.text(), /端木清秋/);
    await page.click('#close button');
    await page.waitForLoadState();
    assert.match(await page.locator('main').innerText(), /已办结/);
    await screenshot(page, 'referral-closed');
    no_problems(page);
});

test('an agency answers by link and code, and gives feedback', async () => {
    const worker = await open_page();
    await sign_in(worker, 'worker1', password);
    await worker.goto(the_case);
    await worker.goto(`/referrals/new?case_=${the_case.match(/\d+/)[0]}`);
    await pick(worker, 'target', 'agency');
    await worker.fill('[name=to_org]', '县残疾人联合会');
    await worker.fill('[name=to_person]', '康复部');
    await worker.fill('[name=to_phone]', '0598-6820001');
    await pick(worker, 'reason', 'specialised');
    await services(worker, '1.7');
    await pick(worker, 'service_class', 'specialised');
    await worker.fill('[name=summary]', '需要辅助器具评估');
    await screenshot(worker, 'referral-out', true);
    await worker.click('main form button.btn-primary');
    await worker.waitForURL(/\/referrals\/\d+$/);
    await no_errors(worker);
    await pick(worker, 'consent_how', 'consent');
    await worker.fill('[name=consent_by]', '端木清秋');
    await pick(worker, 'consent_relation', 'self');
    await pick(worker, 'consent_way', 'written');
    await worker.fill('[name=consent_on]', new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 10));
    await worker.click('#consent button.btn-primary');
    await worker.waitForLoadState();
    await no_errors(worker);
    await sign(worker, '#send');
    await worker.click('#send button.btn-primary');
    await worker.waitForLoadState();
    await worker.click('form[action$="/link"] button');
    await worker.waitForLoadState();
    const address = await worker.locator('a[data-address]').innerText();
    const code = (await worker.locator('dd strong').innerText()).trim();
    assert.match(address, /^http.*\/r\/\d{6}-[0-9a-f]{64}$/);
    await screenshot(worker, 'referral-link-made');

    const agency = await open_page(phone);
    await agency.goto(address);
    assert.doesNotMatch(await agency.locator('body').innerText(), /端木清秋/);
    await axe(agency);
    await no_sideways_scroll(agency);
    await screenshot(agency, 'referral-link-code', true);
    await agency.fill('[name=code]', code);
    await agency.press('[name=code]', 'Enter');
    await agency.waitForSelector('text=端木清秋');
    await axe(agency);
    await no_sideways_scroll(agency);
    await screenshot(agency, 'referral-link-open', true);
    await pick(agency, 'decision', 'accept');
    await agency.fill('[name=by]', '张主任');
    await agency.click('main form button.btn-primary');
    await agency.waitForSelector('[name=text]');
    await agency.fill('[name=by]', '张主任');
    await agency.fill('[name=text]', '轮椅已适配');
    await agency.click('main form button.btn-primary');
    await agency.waitForSelector('text=反馈已收到');
    await worker.goto('/referrals?view=out');
    await worker.click('tbody a >> nth=0');
    assert.match(await worker.locator('main').innerText(), /轮椅已适配/);
    await worker.goto('/disclosures');
    assert.match(await worker.locator('main').innerText(), /县残疾人联合会/);
    no_problems(worker);
    no_problems(agency);
});

const pages = ['/referrals', '/referrals?view=all', '/referrals/in', '/disclosures', '/'];
for (const lang of ['zh', 'en'])
    for (const viewport of [undefined, phone])
        test(`referral pages are sound: ${lang}, ${viewport ? 'phone' : 'desktop'}`, async () => {
            const page = await open_page(viewport);
            await page.goto(`/login?lang=${lang}`);
            await sign_in(page, 'worker1', password);
            const id = the_case.match(/\d+/)[0];
            for (const path of [...pages, referral, `/cases/${id}/reading`, `/cases/${id}/disclosures`, `/disclosures/new?case_=${id}`]) {
                await page.goto(path);
                await no_sideways_scroll(page);
                await axe(page);
                await screenshot(page, `${lang}-${viewport ? 'phone' : 'desktop'}${path.replace(/[^a-z]+/g, '-')}`);
            }
            no_problems(page);
        });

await done();
