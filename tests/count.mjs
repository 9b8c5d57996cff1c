// count.mjs LOG -- prints how many tests of a meson log (testlog.json) passed, failed and were skipped: "12 0 0".
// The single tests of a program count; a program that failed in another way (a leak, a crash) is one more failure.
import { existsSync, readFileSync } from 'node:fs';

const file = process.argv[2] ?? '';
let passed = 0, failed = 0, skipped = 0;
for (const line of existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []) {
    const { result, stdout = '' } = JSON.parse(line);
    const lines = stdout.split('\n');
    const bad = lines.filter((l) => /^not ok\b/.test(l)).length;
    const skip = lines.filter((l) => /^ok\b.*# SKIP/.test(l)).length;
    const good = lines.filter((l) => /^ok\b/.test(l)).length - skip;
    const fine = result === 'OK' || result === 'SKIP';
    failed += bad || (fine ? 0 : 1);
    skipped += skip || (result === 'SKIP' ? 1 : 0);
    passed += good + skip + bad === 0 && result === 'OK' ? 1 : good;
}
console.log(passed, passed + failed === 0 ? 1 : failed, skipped);
