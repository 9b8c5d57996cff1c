// Long lists: <select data-search> with more than 12 options gets a search box, and <input data-lookup="/people/lookup"
// data-text="陈桂兰"> asks the server (a POST of "q") for [{"value", "text", "note"}].  Without this script the list is a list and
// the lookup a field for the number.

import { each, load_script, make, say } from './words.js';

const few = 12;

function load_style(href) {
    if (!document.querySelector(`link[href="${href}"]`))
        document.head.prepend(make('link', { rel: 'stylesheet', href }));
}

async function tom_select(el, options) {
    load_style('/static/tom-select.min.css');
    await load_script('/static/tom-select.min.js');
    const label = el.labels?.[0]?.textContent.trim() || el.getAttribute('aria-label') || '';
    const widget = new window.TomSelect(el, {
        maxOptions: 400,
        hidePlaceholder: true,
        refreshThrottle: 0,             // what is listed always answers what is typed
        ...options,
        render: {
            no_results: () => `<div class="no-results">${say('没有找到', 'Nothing found')}</div>`,
            loading: () => `<div class="no-results">${say('正在查找…', 'Searching…')}</div>`,
            ...options.render,
        },
    });
    el.setAttribute('aria-hidden', 'true');
    el.tabIndex = -1;
    if (label)
        widget.control_input.setAttribute('aria-label', label);
}

function wire_select(el) {
    if (el.options.length > few)
        tom_select(el, { allowEmptyOption: true, render: {} });
}

async function look_up(url, q) {
    const token = document.querySelector('meta[name="csrf"]')?.content ?? '';
    const answer = await fetch(url, { method: 'POST', headers: { Accept: 'application/json', 'X-CSRF-Token': token }, body: new URLSearchParams({ q }) });
    return answer.ok ? answer.json() : [];
}

function wire_lookup(el) {
    const text = el.dataset.text ?? '';
    tom_select(el, {
        maxItems: 1,
        create: false,
        options: el.value ? [{ value: el.value, text }] : [],
        loadThrottle: 300,
        // The server has chosen and ordered; an answer to another question is not offered, or a quick Enter would take
        // the wrong person.
        score: (q) => (option) => option.q === q.trim() ? 1 : 0,
        load(q, done) {
            this.clearOptions();
            look_up(el.dataset.lookup, q)
                .then((found) => done(found.map((o) => ({ ...o, q: q.trim() }))), () => done());
        },
        render: {
            option: (o, escape) =>
                `<div>${escape(o.text)} <span class="muted small">${escape(o.note ?? '')}</span></div>`,
        },
    });
}

export function wire_selects(root) {
    each(root, 'select[data-search]', wire_select);
    each(root, 'input[data-lookup]', wire_lookup);
}
