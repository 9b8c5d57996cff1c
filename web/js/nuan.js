// The one entry: gives behaviour to what the server drew, after loading and after each htmx swap.
// Everything here is an addition; the pages work without it.

import { wire_charts } from './charts.js';
import { wire_conditions } from './conditions.js';
import { wire_drafts } from './draft.js';
import { start_keys } from './keys.js';
import { wire_lists } from './list.js';
import { start_overlays } from './overlay.js';
import { wire_photos } from './photo.js';
import { wire_progress } from './progress.js';
import { wire_sections } from './sections.js';
import { wire_selects } from './select.js';
import { wire_signs } from './sign.js';
import { wire_tables } from './table-edit.js';

const wirings = [wire_tables, wire_conditions, wire_signs, wire_photos, wire_sections, wire_drafts, wire_lists,
    wire_progress, wire_selects, wire_charts];

function wire() {
    for (const fn of wirings)
        fn(document);
}

/* A wait over 300 ms shows that it works, and a button pressed twice sends once. */
function start_busy() {
    document.addEventListener('submit', (e) => {
        const button = e.submitter;
        if (e.defaultPrevented || !button || e.target.method === 'dialog' || e.target.matches('[data-download]'))
            return;
        setTimeout(() => button.classList.add('is-busy'), 300);
    });
    window.addEventListener('pageshow', () => {
        for (const el of document.querySelectorAll('.is-busy'))
            el.classList.remove('is-busy');
    });
}

/* htmx sends the session's token with every request. */
function start_htmx() {
    document.addEventListener('htmx:config:request', (e) => {
        e.detail.ctx.request.headers['X-CSRF-Token'] = document.querySelector('meta[name=csrf]')?.content ?? '';
    });
    document.addEventListener('htmx:after:swap', wire);
}

/* A whole address instead of a path, to be copied; a button that prints the page. */
function start_small() {
    for (const a of document.querySelectorAll('a[data-address]'))
        a.textContent = a.href;
    for (const button of document.querySelectorAll('button[data-print]')) {
        button.hidden = false;
        button.addEventListener('click', () => window.print());
    }
}

wire();
start_small();
document.addEventListener('rows', wire);       // a table got a row
start_overlays();
start_keys();
start_busy();
start_htmx();
