// What every browser test uses: one browser, pages that collect their errors, sign-in, axe, screenshots, and test().
//
//     import { test, open_page, sign_in, axe, done } from './harness.mjs';
//     test('the desk shows overdue work first', async () => {
//         const page = await open_page();
//         await sign_in(page, 'zhouyq', 'a password');
//         …throw when something is wrong (node:assert does)…
//     });
//     await done();
//
// NUAN_URL is the server's address (http://127.0.0.1:8080); NUAN_SHOTS a folder for screenshots; NUAN_CHROMIUM the
// browser; NUAN_ONLY a pattern of the names to run; NUAN_SLOW makes the pages so many times slower, which shows what a test does
// not wait for.
// Output: "ok name" or "not ok name" with the reason, then a count; the exit status is 1 when any test failed.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const web = createRequire(new URL('../../web/package.json', import.meta.url));
const { chromium } = web('playwright-core');
const axe_source = readFileSync(web.resolve('axe-core/axe.min.js'), 'utf8');

export const base = (process.env.NUAN_URL ?? 'http://127.0.0.1:8080').replace(/\/$/, '');
export const desktop = { width: 1440, height: 900 };
export const phone = { width: 360, height: 740 };

const shots = process.env.NUAN_SHOTS;
const slow = Number(process.env.NUAN_SLOW ?? 1);
const only = new RegExp(process.env.NUAN_ONLY ?? '');
const tests = [];
let browser = null;
let contexts = [];

/* A click or a key returns as soon as the next page has begun to arrive; whoever looks into it right then may find half of it.
 * So both wait until it is there.  (What page and locators do goes through the frame.) */
async function settle_after_actions(frame) {
    for (const action of ['click', 'press', 'check', 'selectOption']) {
        const act = frame[action].bind(frame);
        frame[action] = async (...given) => {
            const result = await act(...given);
            await frame.waitForLoadState();
            return result;
        };
    }
    if (slow > 1) {
        const session = await frame.page().context().newCDPSession(frame.page());
        await session.send('Emulation.setCPUThrottlingRate', { rate: slow });
    }
}

/* A page of its own session.  What goes wrong in it is collected in page.problems: page errors, failed requests,
 * console errors, and violations of the content security policy. */
export async function open_page(viewport = desktop, options = {}) {
    const context = await browser.newContext({ viewport, baseURL: base, locale: 'zh-CN', timezoneId: 'Asia/Shanghai',
        reducedMotion: 'reduce', ...options });
    contexts.push(context);
    const page = await context.newPage();
    await settle_after_actions(page.mainFrame());
    page.problems = [];
    page.on('pageerror', (e) => page.problems.push(`page error: ${e.message}`));
    // What htmx says of a request that was cut off by going to another page; others that fail are told by "requestfailed".
    const cut_off = /htmx:error: Failed to fetch/;
    page.on('console', (m) => m.type() === 'error' && !cut_off.test(m.text()) && page.problems.push(`console: ${m.text()}`));
    page.on('requestfailed', (r) => r.failure()?.errorText !== 'net::ERR_ABORTED'
        && page.problems.push(`request failed: ${r.url()} ${r.failure()?.errorText}`));
    await page.exposeFunction('nuan_violation', (what) => page.problems.push(`csp: ${what}`));
    await page.addInitScript(() => document.addEventListener('securitypolicyviolation', (e) =>
        window.nuan_violation(`${e.violatedDirective} ${e.blockedURI} ${e.sourceFile ?? ''}:${e.lineNumber}`)));
    return page;
}

export async function sign_in(page, name, password) {
    await page.goto('/login');
    await page.fill('input[name=name]', name);
    await page.fill('input[name=password]', password);
    await Promise.all([
        page.waitForURL((url) => url.pathname !== '/login'),
        page.press('input[name=password]', 'Enter'),
    ]);
}

export async function screenshot(page, name, full_page = false) {
    if (!shots)
        return;
    mkdirSync(shots, { recursive: true });
    await page.screenshot({ path: `${shots}/${name}.png`, fullPage: full_page });
}

/* Fails when axe finds something serious or critical.  Injected as source, because the policy blocks script tags. */
export async function axe(page) {
    await page.evaluate(axe_source);
    const { violations } = await page.evaluate(() => window.axe.run());
    const grave = violations.filter((v) => v.impact === 'serious' || v.impact === 'critical');
    assert.deepEqual(grave.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 120)).join(' | ')}`), []);
}

/* Fails when the page is wider than its window. */
export async function no_sideways_scroll(page) {
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(over <= 0, `${over} px too wide`);
}

/* The text of a paper that a click or an address makes. */
export function pdf_text(bytes) {
    return execFileSync('pdftotext', ['-raw', '-', '-'], { input: bytes, encoding: 'utf8' });
}

export function no_problems(page) {
    assert.deepEqual(page.problems, []);
}

export function test(name, fn) {
    if (only.test(name))
        tests.push({ name, fn });
}

async function run({ name, fn }) {
    try {
        await fn();
        console.log(`ok ${name}`);
        return true;
    } catch (e) {
        console.log(`not ok ${name}\n    ${String(e.stack ?? e).replaceAll('\n', '\n    ')}`);
        return false;
    } finally {
        await Promise.all(contexts.map((c) => c.close()));
        contexts = [];
    }
}

/* Runs the tests in order and ends the process. */
export async function done() {
    browser = await chromium.launch({
        executablePath: process.env.NUAN_CHROMIUM ?? '/usr/bin/chromium',
        args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
            '--disable-component-update', '--disable-sync'],
    });
    let passed = 0;
    for (const t of tests)
        passed += await run(t);
    await browser.close();
    console.log(`${passed} of ${tests.length} passed`);
    process.exit(passed === tests.length && tests.length > 0 ? 0 : 1);
}
