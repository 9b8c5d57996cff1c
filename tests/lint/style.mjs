// style.mjs -- the rules of CONTRIBUTING.md that a program can check: lengths, banned functions, who may include whom.
// Prints "ok rule" or "not ok rule", with "# file:line: …" for each place.
import { readFileSync, readdirSync } from 'node:fs';

const root = new URL('../../', import.meta.url).pathname;
const files = ['src', 'tools', 'tests', 'bench'].flatMap((dir) => readdirSync(root + dir, { recursive: true })
    .map((name) => `${dir}/${name}`)).filter((name) => /\.[ch]$/.test(name)).sort();
const texts = new Map(files.map((name) => [name, readFileSync(root + name, 'utf8').split('\n')]));
const is_test = (name) => /_test\.c$|^src\/test\/|^tests\/|^bench\/|^tools\//.test(name);
let failed = false;

function rule(name, places) {
    for (const p of places)
        console.log(`# ${p}`);
    console.log(`${places.length ? 'not ok' : 'ok'} ${name}`);
    failed ||= places.length > 0;
}

// Every place where test(line, file) gives a reason.
function places(test) {
    const found = [];
    for (const [name, lines] of texts)
        lines.forEach((line, i) => {
            const why = test(line, name);
            if (why)
                found.push(`${name}:${i + 1}: ${why}`);
        });
    return found;
}

// Definitions begin and end in the first column.
function long_functions() {
    const found = [];
    for (const [name, lines] of texts) {
        let begin = 0;
        lines.forEach((line, i) => {
            if (line === '{') begin = i;
            if (line === '}' && begin && i - begin - 1 > 70) found.push(`${name}:${begin}: ${i - begin - 1} lines`);
            if (line === '}') begin = 0;
        });
    }
    return found;
}

const never = /\b(strcpy|strcat|sprintf|vsprintf|gets|strtok|gmtime|localtime|ctime|asctime|atoi|atol|rand|setjmp|alloca)\(/;
const memory = /\b(malloc|calloc|realloc|free|strdup|strndup|asprintf)\(/;
// Code whose objects outlive a request, or that hands memory to a library.
const may_allocate = ['src/base/', 'src/db/', 'src/http/', 'src/cli/'];
const may_allocate_files = readFileSync(`${root}tests/lint/allocates.txt`, 'utf8').split('\n')
    .map((line) => line.split('#')[0].trim()).filter(Boolean);

function without_text(line) {
    return line.replace(/"(\\.|[^"\\])*"/g, '""').replace(/\/\*.*?\*\/|\/\/.*/g, '');
}

// base ← db, http, view, form, codes ← shared services ← parts of the work ← app and main.
const ranks = new Map(Object.entries({
    base: 0, codes: 1, db: 1, form: 1, http: 1, view: 1, audit: 2, auth: 2, config: 2, files: 2, jobs: 2, page: 2, paper: 2,
    seal: 2, tally: 2, '': 4,
}));
const rank = (folder) => ranks.get(folder) ?? 3;
const folder = (name) => name.match(/^src\/(.*?)\//)?.[1] ?? '';

function wrong_include(line, name) {
    const other = line.match(/^#include "(?:(.*?)\/)?([^/]*)"/);
    if (!other || !name.startsWith('src/') || is_test(name))
        return null;
    const [mine, theirs] = [folder(name), other[1] ?? ''];
    return rank(theirs) > rank(mine) && `${mine} is below ${theirs || 'the program'}`;
}

rule('files have at most 600 lines', files.filter((name) => texts.get(name).length > 600));
rule('functions have at most 70 lines', long_functions());
rule('lines have at most 160 characters', places((line) => [...line].length > 160 && 'too long'));
rule('no function that overruns, or keeps state', places((line, name) => !is_test(name) && without_text(line).match(never)?.[1]));
rule('modules use arenas', places((line, name) => !is_test(name) && !may_allocate.some((dir) => name.startsWith(dir))
    && !may_allocate_files.includes(name) && without_text(line).match(memory)?.[1]));
rule('folders include what is below them', places(wrong_include));
rule('no trailing blanks or tabs', places((line) => /[ \t]$|^ *\t/.test(line) && 'blank or tab'));
process.exit(failed ? 1 : 0);
