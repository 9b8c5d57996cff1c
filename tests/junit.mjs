// junit.mjs FILE -- prints how many tests of a JUnit file passed, failed and were skipped: "12 0 0".
import { existsSync, readFileSync } from 'node:fs';

const file = process.argv[2];
let passed = 0, failed = 0, skipped = 0;
if (existsSync(file))
    for (const suite of readFileSync(file, 'utf8').matchAll(/<testsuite ([^>]*)>/g)) {
        const n = (name) => Number(suite[1].match(new RegExp(` ?${name}="(\\d+)"`))?.[1] ?? 0);
        const bad = n('failures') + n('errors');
        failed += bad;
        skipped += n('skipped');
        passed += n('tests') - bad - n('skipped');
    }
else
    failed = 1;
console.log(passed, failed, skipped);
