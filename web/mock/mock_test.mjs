// The mock pages in a browser:
//     npm run build; node mock/serve.mjs & NUAN_URL=http://127.0.0.1:8090 node mock/mock_test.mjs

import assert from 'node:assert/strict';
import {
    axe, desktop, done, no_problems, no_sideways_scroll, open_page, phone, screenshot, test,
} from '../../tests/browser/harness.mjs';

const pages = ['sign-in', 'desk', 'people', 'empty', 'case', 'person', 'form', 'figures', 'import', 'paper'];

for (const name of pages)
    for (const [size, viewport] of Object.entries({ desktop, phone }))
        test(`${name} on a ${size}`, async () => {
            const page = await open_page(viewport);
            await page.goto(`/${name}`, { waitUntil: 'networkidle' });
            await screenshot(page, `${name}-${size}`);
            await no_sideways_scroll(page);
            await axe(page);
            no_problems(page);
        });

for (const name of pages)
    test(`${name} in large type on a phone`, async () => {
        const page = await open_page(phone);
        await page.goto(`/${name}`, { waitUntil: 'networkidle' });
        await page.evaluate(() => document.documentElement.classList.add('large'));
        await screenshot(page, `${name}-large`);
        await no_sideways_scroll(page);
    });

test('keys: / searches, g p goes, ? helps', async () => {
    const page = await open_page();
    await page.goto('/desk');
    await page.keyboard.press('/');
    assert.equal(await page.evaluate(() => document.activeElement.name), 'q');
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await page.waitForSelector('#keys-dialog[open]');
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('#keys-dialog[open]').count(), 0);
    await page.keyboard.press('g');
    await page.keyboard.press('p');
    await page.waitForURL('**/people');
    no_problems(page);
});

test('menus open one at a time and close on Esc and outside', async () => {
    const page = await open_page();
    await page.goto('/desk');
    await page.click('.unit > summary');
    await page.click('.menu.end > summary');
    assert.equal(await page.locator('details.menu[open]').count(), 1);
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('details.menu[open]').count(), 0);
    await page.click('.unit > summary');
    await page.click('#mine-title');
    assert.equal(await page.locator('details.menu[open]').count(), 0);
});

test('the drawer opens on a phone', async () => {
    const page = await open_page(phone);
    await page.goto('/desk');
    assert.equal(await page.locator('#side').isVisible(), false);
    await page.click('.bottom a[href="#side"]');
    assert.equal(await page.locator('#side').isVisible(), true);
    await screenshot(page, 'drawer');
    await page.keyboard.press('Escape');
    await page.waitForSelector('#side', { state: 'hidden' });
});

test('a dialog opens from its link and closes', async () => {
    const page = await open_page();
    await page.goto('/case');
    await page.click('.record-head .menu > summary');
    await page.click('[data-open=close-dialog]');
    assert.equal(await page.locator('#close-dialog').isVisible(), true);
    await screenshot(page, 'dialog');
    await axe(page);
    await page.click('#close-dialog footer [data-close]');
    assert.equal(await page.locator('#close-dialog').isVisible(), false);
});

test('choosing rows shows the action bar and the count', async () => {
    const page = await open_page();
    await page.goto('/people');
    const picks = page.locator('tbody .pick input');
    await picks.nth(0).click();
    await picks.nth(3).click({ modifiers: ['Shift'] });
    assert.equal(await page.textContent('[data-count]'), '已选 4 项');
    await screenshot(page, 'chosen');
    await page.click('[data-pick-all]');
    assert.equal(await page.textContent('[data-count]'), '已选 49 项');
    await page.click('[data-pick-all]');
    assert.equal(await page.locator('.selbar').isVisible(), false);
});

test('conditions show, hide and disable', async () => {
    const page = await open_page();
    await page.goto('/form');
    assert.equal(await page.locator('#f-danger').isVisible(), false);
    assert.equal(await page.locator('#f-danger').isDisabled(), true);
    await page.check('input[name=urgency][value=c]');
    assert.equal(await page.locator('#f-danger').isVisible(), true);
    assert.equal(await page.locator('#f-danger').isDisabled(), false);
    await page.check('input[name=has_guardian][value="0"]');
    assert.equal(await page.locator('#f-guardian').isVisible(), false);
});

const goals = (page) => page.$$eval('[data-rows=goals] tbody textarea',
    (list) => list.map((t) => `${t.name}=${t.value}`));

test('a table adds, moves, removes and renumbers rows', async () => {
    const page = await open_page();
    page.on('dialog', (d) => d.accept());
    await page.goto('/form');
    await page.click('[data-add=goals]');
    assert.equal((await goals(page)).length, 4);
    await page.fill('[name="goals.3.text"]', '新目标');
    await page.locator('tr:has([name="goals.3.text"]) [data-do=up]').click();
    await page.locator('tr:has([name="goals.0.text"]) [data-do=remove]').click();
    assert.deepEqual(await goals(page), ['goals.0.text=建立每日助餐', 'goals.1.text=新目标', 'goals.2.text=']);
    assert.deepEqual(await page.locator('.rows tbody .row-no').allTextContents(), ['1', '2', '3']);
    await page.focus('[name="goals.0.text"]');
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement.name), 'goals.1.text');
});

test('cells pasted from a sheet fill the table', async () => {
    const page = await open_page();
    await page.goto('/form');
    await page.focus('[name="goals.2.text"]');
    await page.evaluate(() => {
        const data = new DataTransfer();
        data.setData('text/plain', '每周电话问候\t心理\t2026/12/5\r\n"两行\n目标"\t家庭\t2027-01-31\r\n');
        document.activeElement.dispatchEvent(
            new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    });
    assert.deepEqual((await goals(page)).slice(2), ['goals.2.text=每周电话问候', 'goals.3.text=两行\n目标']);
    assert.equal(await page.inputValue('[name="goals.2.kind"]'), '心理');
    assert.equal(await page.inputValue('[name="goals.2.due"]'), '2026-12-05');
    assert.equal(await page.inputValue('[name="goals.3.due"]'), '2027-01-31');
});

test('a signature is drawn, undone, and typed instead', async () => {
    const page = await open_page();
    await page.goto('/form');
    const canvas = page.locator('.sign canvas');
    await canvas.scrollIntoViewIfNeeded();
    const at = await canvas.boundingBox();
    for (const dx of [0, 60]) {
        await page.mouse.move(at.x + 40 + dx, at.y + 20);
        await page.mouse.down();
        await page.mouse.move(at.x + 60 + dx, at.y + 60, { steps: 5 });
        await page.mouse.up();
    }
    assert.match(await page.inputValue('[name=client_sign]'), /^M\d+ \d+(L\d+ \d+)+M\d+ \d+(L\d+ \d+)+$/);
    await screenshot(page, 'sign');
    await page.click('.sign button >> nth=0');
    assert.equal((await page.inputValue('[name=client_sign]')).split('M').length, 2);
    await page.click('.sign button >> nth=1');
    await page.fill('.sign input[type=text], .sign input:not([type])', '陈桂兰');
    assert.equal(await page.inputValue('[name=client_sign]'), '陈桂兰');
});

test('a draft saves itself and takes the new version', async () => {
    const page = await open_page();
    await page.goto('/form');
    const sent = page.waitForRequest('**/draft');
    await page.fill('#f-wish', '想和邻居一起吃饭');
    const body = new URLSearchParams((await sent).postData());
    assert.equal(body.get('wish'), '想和邻居一起吃饭');
    assert.equal(body.get('csrf'), 'mock-token');
    await page.waitForFunction(() => /^已保存 \d\d:\d\d$/.test(document.querySelector('[data-saved]').textContent));
    assert.equal(await page.inputValue('[name=version]'), '2');
    no_problems(page);
});

test('a draft that is refused says why', async () => {
    const page = await open_page();
    await page.route('**/draft', (route) => route.fulfill({ status: 409, body: '' }));
    await page.goto('/form');
    await page.fill('#f-wish', '想和邻居一起吃饭');
    await page.waitForFunction(() => document.querySelector('[data-saved]').textContent.includes('别人刚改过'));
});

test('the official paper prints on one sheet without the house', async () => {
    const page = await open_page();
    await page.goto('/paper');
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.locator('.side').isVisible(), false);
    assert.equal(await page.locator('.top').isVisible(), false);
    await screenshot(page, 'paper-print');
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    assert.equal(pdf.match(/\/Type\s*\/Page\b/g).length, 1);
});

test('leaving a changed form asks first', async () => {
    const page = await open_page();
    await page.goto('/form');
    await page.locator('#f-wish').pressSequentially('想');
    let asked = false;
    page.on('dialog', (d) => { asked = d.type() === 'beforeunload'; d.accept(); });
    await page.goto('/desk');
    assert.ok(asked);
});

test('a lookup asks the server and keeps the id', async () => {
    const page = await open_page();
    await page.goto('/form', { waitUntil: 'networkidle' });
    await page.locator('.ts-wrapper .ts-control').first().click();
    await page.keyboard.press('Backspace');
    await page.keyboard.type('国强');
    await page.keyboard.press('Enter');                     // before the answer: nobody is taken
    assert.equal(await page.inputValue('#f-person'), '');
    await page.waitForSelector('.ts-dropdown .option:has-text("陈国强")');
    await screenshot(page, 'lookup');
    await page.keyboard.press('Enter');
    assert.equal(await page.inputValue('#f-person'), '32');
    no_problems(page);
});

test('photos are shown, and too big ones refused', async () => {
    const page = await open_page();
    await page.goto('/form');
    const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ'
        + 'AAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg==', 'base64');
    await page.setInputFiles('#f-photos', [{ name: 'a.png', mimeType: 'image/png', buffer: png }]);
    await page.waitForFunction(() => document.querySelector('.photos img')?.naturalWidth === 1);
    await page.setInputFiles('#f-photos', [{ name: 'b.png', mimeType: 'image/png', buffer: Buffer.alloc(11 << 20) }]);
    assert.match(await page.textContent('.photos'), /超过 10 MB/);
    assert.equal(await page.$eval('#f-photos', (i) => i.checkValidity()), false);
    no_problems(page);
});

test('charts are drawn and long work shows how far it is', async () => {
    const page = await open_page();
    await page.goto('/figures', { waitUntil: 'networkidle' });
    assert.equal(await page.locator('.chart canvas').count(), 2);
    await page.locator('.chart').first().hover();
    no_problems(page);
    await page.goto('/import');
    await page.waitForFunction(() => document.querySelector('[data-progress-text]').textContent === '完成');
});

test('without scripts the form is whole', async () => {
    const page = await open_page(desktop, { javaScriptEnabled: false });
    await page.goto('/form');
    assert.equal(await page.locator('#f-danger').isVisible(), true);
    assert.equal(await page.locator('input[name=client_sign]').isVisible(), true);
    assert.equal(await page.locator('select[name=nation]').isVisible(), true);
});

await done();
