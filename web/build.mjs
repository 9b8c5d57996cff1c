// Gathers what a browser loads into dist/, which the program embeds.  Run by `npm run build`, after `npm ci`.
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';

const here = new URL('.', import.meta.url);
const at = (path) => new URL(path, here);

const vendored = {
    'tabler.min.css': '@tabler/core/dist/css/tabler.min.css',
    'htmx.min.js': 'htmx.org/dist/htmx.min.js',
    'echarts.common.min.js': 'echarts/dist/echarts.common.min.js',
    'tom-select.min.js': 'tom-select/dist/js/tom-select.base.min.js',
    'tom-select.min.css': 'tom-select/dist/css/tom-select.bootstrap5.min.css',
};

// A source map is named in the last line but not shipped, and a browser's tools would ask for it in vain.
function without_map(text) {
    return text.replace(/\n?(\/\/|\/\*)# sourceMappingURL=\S+( \*\/)?\s*$/, '\n');
}

function symbol(line) {
    const [name, tabler = name] = line.split(/\s+/);
    const svg = readFileSync(at(`node_modules/@tabler/icons/icons/outline/${tabler}.svg`), 'utf8');
    const shapes = svg.slice(svg.indexOf('>') + 1, svg.lastIndexOf('</svg>'))
        .replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none" \/>/, '')
        .replace(/\s*\n\s*/g, '');
    return `<symbol id="${name}" viewBox="0 0 24 24">${shapes}</symbol>`;
}

function sprite() {
    const lines = readFileSync(at('icons.txt'), 'utf8').split('\n').map((l) => l.trim());
    const symbols = lines.filter((l) => l && !l.startsWith('#')).map(symbol);
    return `<svg xmlns="http://www.w3.org/2000/svg" fill="none" stroke="currentColor" stroke-width="1.75"`
        + ` stroke-linecap="round" stroke-linejoin="round">\n${symbols.join('\n')}\n</svg>\n`;
}

rmSync(at('dist'), { recursive: true, force: true });
mkdirSync(at('dist'));
for (const [name, from] of Object.entries(vendored))
    writeFileSync(at(`dist/${name}`), without_map(readFileSync(at(`node_modules/${from}`), 'utf8')));
for (const name of readdirSync(at('js')))
    copyFileSync(at(`js/${name}`), at(`dist/${name}`));
for (const name of ['nuan.css', 'icon.svg'])
    copyFileSync(at(name), at(`dist/${name}`));
writeFileSync(at('dist/icons.svg'), sprite());
