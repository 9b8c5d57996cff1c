// Serves the mock pages under the program's own CSP: node mock/serve.mjs [port], after `npm run build`.
// A page is its fragment set into layout.html; a page that begins with <!doctype> stands alone.
// <!-- repeat N --> … <!-- end --> writes the lines between N times.
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';

const types = { css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml', html: 'text/html; charset=utf-8' };
const csp = "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; "
    + "base-uri 'none'; frame-ancestors 'none'";
const read = (path) => readFileSync(new URL(path, import.meta.url), 'utf8');

function page(name) {
    const text = read(`${name}.html`)
        .replace(/<!-- repeat (\d+) -->\n([\s\S]*?)<!-- end -->\n/g, (_, n, lines) => lines.repeat(Number(n)));
    if (text.startsWith('<!doctype'))
        return text;
    const [, title, section] = text.match(/^<!-- (\S+) (\S+) -->\n/);
    return read('layout.html').replace('{title}', title).replace('{main}', () => text)
        .replaceAll(`<a href="${section}">`, `<a href="${section}" aria-current="page">`);
}

let polled = 0;
const answers = {
    '/progress': () => ['application/json', JSON.stringify({ done: ++polled * 20, total: 100, url: '' })],
    '/draft': () => ['application/json', '{"version":2}'],
    '/people/lookup': (q) => ['application/json', JSON.stringify(
        [{ value: '31', text: '陈桂兰', note: '女 · 78岁 · 青溪镇' }, { value: '32', text: '陈国强', note: '男 · 52岁 · 石桥镇' }]
            .filter((p) => p.text.includes(q.get('q') ?? '')))],
};

createServer(async (req, res) => {
    const url = new URL(req.url, 'http://localhost');
    let sent = '';
    for await (const piece of req) sent += piece;
    try {
        const asset = url.pathname.match(/^\/static\/([\w.-]+)$/);
        const answer = answers[url.pathname]?.(new URLSearchParams(sent));
        const [type, body] = answer ?? (asset
            ? [types[asset[1].split('.').pop()], read(`../dist/${asset[1]}`)]
            : [types.html, page(url.pathname.slice(1) || 'desk')]);
        res.writeHead(200, { 'content-type': type, 'content-security-policy': csp }).end(body);
    } catch {
        res.writeHead(404).end('404');
    }
}).listen(Number(process.argv[2] ?? 8090), '127.0.0.1');
