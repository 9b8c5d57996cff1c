// The main job, played as a new user would: a roster, a person found by initials, intake with an urgent risk, assessment,
// plan and agreement with a drawn signature, three records, a changed plan, evaluation, closing, follow-up; then the county
// user sees the figures move and cannot open the notes.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test, open_page, sign_in, axe, done, no_problems, no_sideways_scroll, screenshot, phone, pdf_text } from './harness.mjs';

const password = 'nuan-demo-1';
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/* A number with a county code that does not exist. */
function idno(year, order) {
    const digits = `350499${year}0${1 + order % 9}1${order % 9}${String(100 + order).slice(-3)}`;
    const sum = [...digits].reduce((s, d, i) => s + d * weights[i], 0);
    return digits + '10X98765432'[sum % 11];
}

function roster() {
    const rows = ['姓名,身份证号,联系电话,户编号,与户主关系,人群类别'];
    for (let i = 0; i < 500; i++)
        rows.push(`${i ? '测试' + '甲乙丙丁戊己庚辛壬癸'[i % 10] + '一二三四五六七八九十'[Math.floor(i / 10) % 10] + '东南西北中'[Math.floor(i / 100)] : '欧阳晓峰'},`
            + `${idno(1950 + i % 40, i)},138${String(10000000 + i)},T${1000 + Math.floor(i / 2)},${i % 2 ? '配偶' : '户主'},${i % 5 ? '一般居民' : '低保对象'}`);
    return '\uFEFF' + rows.join('\r\n');
}

/* Fills what is asked for and still empty, as somebody would who has nothing special to say; values say the rest. */
async function fill(page, values = {}) {
    await page.evaluate((given) => {
        const today = new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 10);
        const set = (el, v) => {
            if (el.type === 'radio' || el.type === 'checkbox') el.checked = true;
            else el.value = v;
            el.dispatchEvent(new Event('input', { bubbles: true }));
            el.dispatchEvent(new Event('change', { bubbles: true }));
        };
        const form = document.querySelector('form[data-draft]');
        for (const [name, v] of Object.entries(given))
            for (const one of Array.isArray(v) ? v : [v]) {
                const els = [...form.elements].filter((e) => e.name === name);
                if (els.length === 0) throw new Error(`no field ${name}`);
                if (els[0].type === 'radio' || els[0].type === 'checkbox') {
                    const el = els.find((e) => e.value === one);
                    if (!el) throw new Error(`no choice ${one} of ${name}`);
                    set(el);
                } else if (els[0].multiple) {
                    for (const o of els[0].options) if (o.value === one) o.selected = true;
                } else set(els[0], one);
            }
        const plain = (el) => {
            if (el.type === 'date') return today;
            if (el.type === 'datetime-local') return `${today}T00:05`;
            if (el.inputMode === 'decimal') return '3';
            if (/phone/.test(el.name)) return '13800000000';
            return '见面谈记录。';
        };
        for (let round = 0; round < 3; round++)          // conditions open further fields
            for (const row of form.querySelectorAll('.form-row.required, .rows tbody tr')) {
                if (row.hidden || row.closest('[hidden]')) continue;
                const cell = row.matches('tr');
                if (cell && !row.closest('.form-row').matches('.required')) continue;
                for (const el of row.querySelectorAll('input[name], select[name], textarea[name]')) {
                    if (el.disabled || el.type === 'hidden' || el.type === 'file' || el.closest('.sign, template') || (!cell && el.closest('.rows'))) continue;
                    if (el.type === 'radio' || el.type === 'checkbox') {
                        const group = [...form.elements].filter((e) => e.name === el.name);
                        if (!group.some((e) => e.checked)) set(group.find((e) => e.value === '1') ?? group[0]);
                    } else if (el.tagName === 'SELECT') {
                        if (![...el.selectedOptions].some((o) => o.value)) {
                            const o = [...el.options].find((x) => x.value);
                            if (o) { o.selected = true; set(el, o.value); }
                        }
                    } else if (!el.value) set(el, plain(el));
                }
            }
    }, values);
}

async function draw(page, name) {
    const canvas = page.locator(`.sign:has([name="${name}"]) canvas`);
    await canvas.scrollIntoViewIfNeeded();
    const box = await canvas.boundingBox();
    await page.mouse.move(box.x + 40, box.y + 80);
    await page.mouse.down();
    for (const [x, y] of [[90, 30], [120, 90], [170, 40], [230, 95]]) await page.mouse.move(box.x + x, box.y + y, { steps: 4 });
    await page.mouse.up();
}

async function submit(page) {
    await page.click('.form-bar button[value=submit]');
    await page.waitForLoadState();
    const wrong = await page.locator('#errors li').allTextContents();
    assert.deepEqual(wrong, [], 'the form was refused');
}

async function begin(page, letter) {
    await page.click(`form[action$="/begin/${letter}"] button`);
    await page.waitForLoadState();
    assert.match(page.url(), /\/forms\/\d+$/);
}

async function next(page) {
    await page.click('form[action$="/next"] button');
    await page.waitForLoadState();
}

const far = (days) => new Date(Date.now() + days * 86400e3 + 8 * 3600e3).toISOString().slice(0, 10);
let the_case = '';
let closed_before = 0;

async function closed_cases(page) {
    await page.goto('/figures');
    const tiles = await page.locator('.tile').allTextContents();
    return Number(tiles.find((t) => t.includes('结案')).match(/\d[\d,]*/)[0].replace(/,/g, ''));
}

test('a roster of 500 is imported', async () => {
    const county = await open_page();
    await sign_in(county, 'county', password);
    closed_before = await closed_cases(county);
    const page = await open_page();
    await sign_in(page, 'worker1', password);
    await page.goto('/imports');
    await page.setInputFiles('input[type=file]', { name: '名册.csv', mimeType: 'text/csv', buffer: Buffer.from(roster()) });
    await page.click('main form button.btn-primary');
    await page.waitForURL(/\/imports\/\d+/);
    await page.click('form[action$="/check"] button');
    const run = page.locator('form[action$="/run"] button');
    await run.waitFor({ timeout: 30000 });
    await run.click();
    await page.locator('form[action$="/undo"] button').waitFor({ timeout: 30000 });
    assert.match(await page.locator('main').innerText(), /500/);
    no_problems(page);
});

test('a person is found by the initials of the name', async () => {
    const page = await open_page();
    await sign_in(page, 'worker1', password);
    await page.keyboard.press('/');
    await page.keyboard.type('oyxf');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/search/);
    await page.click('main a:has-text("欧阳晓峰")');
    await page.waitForURL(/\/people\/\d+/);
    assert.match(await page.locator('h1').innerText(), /欧阳晓峰/);
    await screenshot(page, 'person');
    no_problems(page);
});

test('from intake to closing, with consent, signatures, a second plan and a follow-up', async () => {
    const page = await open_page();
    await sign_in(page, 'worker1', password);
    await page.goto('/search?q=oyxf');
    await page.click('main a:has-text("欧阳晓峰")');
    await page.waitForURL(/\/people\/\d+/);
    const person = page.url().match(/\/people\/(\d+)/)[1];
    for (const kind of ['notice', 'processing', 'sensitive']) {
        await page.goto(`/people/${person}/consents`);
        await Promise.all([page.waitForEvent('load'), page.evaluate((k) => {
            const form = document.querySelector('main form[action$="/consents"], main form:not([action])');
            const pick = (name, v) => {
                for (const e of form.elements)
                    if (e.name === name) { if (e.type === 'radio') e.checked = e.checked || e.value === v; else if (e.tagName === 'SELECT' || !e.value) e.value = v; }
            };
            pick('kind', k); pick('capacity', 'full'); pick('relation', 'self'); pick('way', 'written'); pick('given_by', '欧阳晓峰');
            for (const e of form.elements) if (e.type === 'date' && !e.value) e.value = new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 10);
            form.requestSubmit();
        }, kind)]);
        assert.equal(await page.locator('#errors').count(), 0, `consent ${kind} was refused`);
    }

    // A
    await page.goto(`/cases/new?person=${person}`);
    await page.click('main form button.btn-primary');
    await page.waitForURL(/\/forms\/\d+$/);
    the_case = page.url().match(/\/cases\/\d+/)[0];
    await fill(page, { case_grade: 'professional', source: 'self', urgency: '2', risk_flags: ['illness'], decision: 'accept', no_phone: '0', capacity: 'full',
        service_category: 'GZ.1', catalogue_codes: ['1.2'], interest_relation: 'no', agency_explained: '1', worker_role_explained: '1', confidentiality_notice: '1' });
    await draw(page, 'worker_sign');
    await screenshot(page, 'intake', true);
    await submit(page);
    await next(page);

    // A form that is not complete names what is missing and keeps what was typed.
    await begin(page, 'B');
    await page.fill('[name=physical]', '高血压，行动不便');
    await page.click('.form-bar button[value=submit]');
    await page.waitForLoadState();
    assert.ok(await page.locator('#errors li').count() > 3);
    assert.equal(await page.inputValue('[name=physical]'), '高血压，行动不便');
    await fill(page, { risk_level: 'medium', 'needs.0.description': '缺少稳定的助餐', 'resources.0.description': '邻居愿意照看',
        'income_table.0.item': '低保金', 'income_table.0.direction': 'in', 'income_table.0.amount': '620', 'income_table.0.frequency': 'month' });
    await submit(page);
    await next(page);

    // D and C, with a drawn signature
    await begin(page, 'D');
    await fill(page, { 'goals.0.goal': '每日中午用餐', 'goals.0.need': '1', 'steps.0.action': '联系幸福院', 'steps.0.goal': '1', period_to: far(90), risk_plan: '联系村医' });
    await submit(page);
    await begin(page, 'C');
    await fill(page, { form_kind: 'written', fee: 'free', valid_to: far(120) });
    await draw(page, 'sign_client');
    await draw(page, 'sign_worker');
    await submit(page);
    await next(page);

    // Three records; the second one names the step
    for (let i = 0; i < 3; i++) {
        await begin(page, 'E');
        await fill(page, { direct_kinds: ['change'], goal_link: ['D.goals:1', 'D.steps:1'], process: `第${i + 1}次家访`, off_plan: '0', plan_change: '0', last_contact: '0', next_on: far(7),
            start_at: `${far(0)}T00:0${i}`, end_at: `${far(0)}T00:${10 + i}` });
        await submit(page);
    }
    assert.equal(await page.locator('#records tbody tr').count(), 3);

    // The plan changes: version 2 stands beside version 1
    await page.click('#forms a:has-text("D ")');
    await page.click('form[action$="/revise"] button');
    await page.waitForURL(/\/forms\/\d+$/);
    await page.fill('[name="goals.0.goal"]', '每日用餐两次');
    await submit(page);
    await page.click('#forms a:has-text("D ")');
    await page.click('a:has-text("对比")');
    const text = await page.locator('main').innerText();
    assert.match(text, /每日中午用餐/);
    assert.match(text, /每日用餐两次/);
    await screenshot(page, 'compare');
    await page.goto(the_case);
    await next(page);

    // F, G
    await begin(page, 'F');
    await fill(page, { eval_kind: 'closing', purpose_explained: '1', client_participated: '1', methods_quantitative: ['goals'], methods_qualitative: ['interview'] });
    await submit(page);
    await next(page);
    await begin(page, 'G');
    await fill(page, { close_reason: '1', notice_date: far(-3), referral: '0', follow_up: 'yes', 'follow_up_plan.0.on': far(30) });
    await draw(page, 'sign_worker');
    await submit(page);
    page.problems = page.problems.filter((p) => !p.includes('status of 422'));     // form B, handed in too early on purpose
    no_problems(page);
});

test('the head approves, the follow-up is done, the case is archived', async () => {
    const head = await open_page();
    await sign_in(head, 'head', password);
    await head.goto(the_case);
    await head.click('#forms a:has-text("G ")');
    await head.check('#review input[value=approved]');
    await draw(head, 'sign');
    await head.click('#review button.btn-primary');
    await head.waitForLoadState();
    await head.goto(the_case);
    assert.match(await head.locator('h1').innerText(), /跟进/);
    const page = await open_page();
    await sign_in(page, 'worker1', password);
    await page.goto(the_case);
    await begin(page, 'E');
    await fill(page, { direct_kinds: ['change'], goal_link: ['D.goals:1'], process: '电话跟进，近况良好', off_plan: '0', plan_change: '0', last_contact: '1',
        start_at: `${far(0)}T00:05`, end_at: `${far(0)}T00:20` });
    await submit(page);
    await next(page);
    assert.match(await page.locator('h1').innerText(), /已归档/);

    // The whole file on paper: purpose and receiver are asked first
    await page.click('.record-head summary:has-text("打印")');
    await page.click('a:has-text("打印整卷")');
    const [file] = await Promise.all([page.waitForEvent('download'), page.click('#give-dialog button.btn-primary')]);
    const paper = pdf_text(readFileSync(await file.path()));
    for (const words of ['欧阳晓峰', '每日用餐两次', '第3次家访', '电话跟进，近况良好']) assert.ok(paper.includes(words), `the file does not say ${words}`);
    no_problems(page);
    no_problems(head);
});

test('the county sees the figures move and cannot open the notes', async () => {
    const page = await open_page();
    await sign_in(page, 'county', password);
    assert.equal(await closed_cases(page), closed_before + 1);
    for (const path of [the_case, '/cases', '/people', `${the_case}/file`]) {
        const r = await page.request.get(path);
        assert.ok(r.status() === 403 || r.status() === 404, `${path} answers ${r.status()}`);
        assert.doesNotMatch(await r.text(), /欧阳晓峰/);
    }
});

const pages = ['/', '/people', '/households', '/cases?view=all', '/cases/new', '/people/new', '/imports', '/search?q=oyxf', '/staff', '/network', '/figures', '/me/sessions'];
for (const lang of ['zh', 'en'])
    for (const viewport of [undefined, phone])
        test(`pages are sound: ${lang}, ${viewport ? 'phone' : 'desktop'}`, async () => {
            const page = await open_page(viewport);
            await page.goto(`/login?lang=${lang}`);
            await axe(page);
            await sign_in(page, 'head', password);
            for (const path of [...pages, the_case]) {
                await page.goto(path);
                await no_sideways_scroll(page);
                await axe(page);
                await screenshot(page, `${lang}-${viewport ? 'phone' : 'desktop'}${path.replace(/[^a-z]+/g, '-')}`);
            }
            no_problems(page);
        });

await done();
