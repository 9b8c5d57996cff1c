// <form data-warn> asks before a changed form is left, and posts itself to /drafts three seconds after the last change, so
// that what was typed is found again, here or elsewhere.  <form data-draft="/drafts/7"> is posted there instead; the answer may be {"version": n}, which the form then carries.

import { each, say } from './words.js';

const pause_ms = 3000;

function clock() {
    const now = new Date();
    return `${String(now.getHours()).padStart(2, '0')}:${String(now.getMinutes()).padStart(2, '0')}`;
}

function body_of(form) {
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form))
        if (typeof value === 'string' && name !== '_once' && form.elements[name]?.type !== 'password')
            body.append(name, value);
    return body;
}

/* The server answered, but did not take the draft. */
class Refused extends Error {
    constructor(status) {
        super(String(status));
        this.words = status === 401 || status === 403 ? say('还没有保存：请重新登录', 'Not saved: please sign in again')
            : status === 409 ? say('还没有保存：别人刚改过，提交时请核对', 'Not saved: somebody else changed this; submit to compare')
            : say('还没有保存：请直接提交', 'Not saved: please submit');
    }
}

async function save(form, mark) {
    const token = document.querySelector('meta[name=csrf]')?.content ?? '';
    const answer = await fetch(form.dataset.draft, {
        method: 'POST', body: body_of(form), redirect: 'error',
        headers: { Accept: 'application/json', 'X-CSRF-Token': token },
    });
    if (!answer.ok)
        throw new Refused(answer.status);
    const { version } = await answer.json().catch(() => ({}));
    if (version !== undefined && form.elements.version)
        form.elements.version.value = version;
    mark.textContent = say(`已保存 ${clock()}`, `Saved ${clock()}`);
}

function wire_form(form) {
    const mark = form.querySelector('[data-saved]') ?? document.createElement('span');
    let changes = 0, timer = 0, sending = false;

    async function flush() {
        const sent = changes;
        mark.textContent = say('正在保存…', 'Saving…');
        try {
            await save(form, mark);
            if (changes === sent)
                changes = 0;
        } catch (e) {
            mark.textContent = e.words ?? say('还没有保存：连不上，稍后再试', 'Not saved: no connection, will try again');
            if (!e.words)
                timer = setTimeout(flush, 5 * pause_ms);
        }
    }
    form.dataset.draft ??= form.method === 'post' ? '/drafts' : '';
    form.addEventListener('input', () => {
        changes++;
        if (!form.dataset.draft)
            return;
        clearTimeout(timer);
        timer = setTimeout(flush, pause_ms);
    });
    form.addEventListener('submit', () => {
        sending = true;
        clearTimeout(timer);
    });
    window.addEventListener('pageshow', () => { sending = false; });
    window.addEventListener('beforeunload', (e) => {
        if (changes && !sending && form.isConnected)
            e.preventDefault();
    });
}

export function wire_drafts(root) {
    each(root, 'form[data-warn], form[data-draft]', wire_form);
}
