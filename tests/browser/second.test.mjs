// Two-step sign-in: enrolment by scanning, recovery codes shown once, the step after the password.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test, open_page, sign_in, axe, done, no_problems, no_sideways_scroll, screenshot, phone } from './harness.mjs';

const password = 'nuan-demo-1';
let secret = '';

/* What the phone shows (RFC 6238), written apart from the program's own code. */
function code(off = 0) {
    const bits = [...secret].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
    const key = Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)));
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000) + off));
    const hash = createHmac('sha1', key).update(counter).digest(), at = hash[19] & 15;
    return String((hash.readUInt32BE(at) & 0x7fffffff) % 1000000).padStart(6, '0');
}

test('enrolment shows a code to scan, then the recovery codes', async () => {
    const page = await open_page(phone);
    await sign_in(page, 'worker9', password);
    await page.goto('/me/second');
    await screenshot(page, 'second-off');
    await page.click('main button:has-text("开启两步验证")');
    await page.waitForSelector('svg.qr');
    secret = await page.locator('main p code').innerText();
    await no_sideways_scroll(page);
    await axe(page);
    await screenshot(page, 'second-scan', true);
    await page.fill('[name=code]', code(-1));
    await page.click('main form button.btn-primary');
    await page.waitForSelector('.codes');
    assert.equal(await page.locator('.codes li').count(), 10);
    await axe(page);
    await screenshot(page, 'second-codes', true);
    no_problems(page);
});

test('the code is asked for after the password', async () => {
    const page = await open_page();
    await sign_in(page, 'worker9', password);
    assert.match(page.url(), /\/login\/second/);
    await axe(page);
    await screenshot(page, 'second-login');
    await page.goto('/people');
    assert.match(page.url(), /\/login/);
    await sign_in(page, 'worker9', password);
    await page.fill('[name=code]', code());
    await page.press('[name=code]', 'Enter');
    await page.waitForURL((url) => !url.pathname.startsWith('/login'));
    await page.goto('/me/second?lang=en');
    await screenshot(page, 'second-on-en');
    no_problems(page);
});

await done();
