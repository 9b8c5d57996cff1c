// coverage.mjs [--check] -- docs/coverage.md: every mechanism of the policy texts (rows.txt) with the tests that show it, found by
// the comments "covers: NH-06, HN-02" before a test.  With --check nothing is written: "not ok" when the page is stale or a
// comment names a row that does not exist.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';

const root = new URL('../../', import.meta.url).pathname;
const places = [['MZT', '民政部《社区社会工作服务指南》', 'Guide of the ministry'], ['JL', '吉林省', 'Jilin'], ['SA', '社会救助领域（2015）', 'Social assistance'],
    ['GZ', '广州', 'Guangzhou'], ['HN', '湖南', 'Hunan'], ['GD', '广东', 'Guangdong'], ['CD', '成都', 'Chengdu'], ['OR', '鄂尔多斯', 'Ordos'], ['JN', '济南', 'Jinan'],
    ['JLP', '九龙坡', 'Jiulongpo'], ['HNG', '海宁', 'Haining'], ['NH', '宁化', 'Ninghua'], ['TY', '通运', 'Tongyun'], ['ZL', '兆麟', 'Zhaolin'],
    ['TH', '昙华林', 'Tanhualin'], ['GX', '关信平', 'Guan Xinping']];

const rows = readFileSync(`${root}tests/coverage/rows.txt`, 'utf8').split('\n').filter((line) => /^[A-Z]+-\d\d\t/.test(line))
    .map((line) => line.split('\t')).map(([id, text, must]) => ({ id, text, must, tests: [] }));
const by_id = new Map(rows.map((row) => [row.id, row]));
const wrong = [];

// The name of the test that begins next: a C function, or test('…').
function next_test(lines, from) {
    for (const line of lines.slice(from, from + 12)) {
        const name = line.match(/^([a-z]\w+)\(void \*\*state\)/)?.[1] ?? line.match(/^test\('([^']+)'/)?.[1];
        if (name)
            return name;
    }
    return null;
}

const files = ['src', 'tests'].flatMap((dir) => readdirSync(root + dir, { recursive: true }).map((name) => `${dir}/${name}`))
    .filter((name) => /_test\.c$|\.test\.mjs$/.test(name)).sort();
for (const file of files) {
    const lines = readFileSync(root + file, 'utf8').split('\n');
    lines.forEach((line, i) => {
        const ids = line.match(/covers: ((?:[A-Z]+-\d\d(?:, )?)+)/)?.[1];
        if (!ids)
            return;
        const name = next_test(lines, i);
        if (!name)
            wrong.push(`${file}:${i + 1}: no test follows`);
        for (const id of ids.split(', ').filter(Boolean))
            if (by_id.has(id))
                by_id.get(id).tests.push(`\`${file.replace(/^src\//, '')}\` ${(name ?? '').replaceAll('_', ' ')}`);
            else
                wrong.push(`${file}:${i + 1}: there is no row ${id}`);
    });
}

const cell = (text) => text.replaceAll('|', '\\|');
let page = `# Coverage of the policy texts

Each row is a mechanism of a policy text or of a local system (\`tests/coverage/rows.txt\`). It **works** when a test shows it: the
tests say so themselves (\`covers: NH-06\`). All others are **not yet** there, or there without a test that shows all of it; then the
table says what there must be. Written by \`./dev docs\`; the lint fails when it is stale.

| | | rows | work |
|---|---|---|---|
`;
for (const [code, zh, en] of places) {
    const of = rows.filter((row) => row.id.startsWith(`${code}-`));
    page += `| ${code} | ${zh} ${en} | ${of.length} | ${of.filter((row) => row.tests.length).length} |\n`;
}
page += `| | | **${rows.length}** | **${rows.filter((row) => row.tests.length).length}** |\n`;
for (const [code, zh, en] of places) {
    page += `\n## ${zh} · ${en}\n\n| row | the text | | shown by, or what is missing |\n|---|---|---|---|\n`;
    for (const row of rows.filter((r) => r.id.startsWith(`${code}-`)))
        page += `| ${row.id} | ${cell(row.text)} | ${row.tests.length ? 'works' : 'not yet'} | ${cell(row.tests.length ? row.tests.join('; ') : row.must)} |\n`;
}

if (process.argv.includes('--check')) {
    let there = '';
    try { there = readFileSync(`${root}docs/coverage.md`, 'utf8'); } catch { /* told below */ }
    if (there !== page)
        wrong.push('docs/coverage.md is stale: run ./dev docs');
    wrong.forEach((line) => console.log(`# ${line}`));
    console.log(`${wrong.length ? 'not ok' : 'ok'} the page of coverage is current`);
    process.exit(wrong.length ? 1 : 0);
}
wrong.forEach((line) => console.error(line));
writeFileSync(`${root}docs/coverage.md`, page);
console.log('docs/coverage.md');
