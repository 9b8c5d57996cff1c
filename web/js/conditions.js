// A field with data-if-field="kind" data-if-values="a|b" is shown and sent only while "kind" has one of the values;
// a leading "!" negates.  Inside a table row the name means that row's column.

import { each } from './words.js';

const control = 'input, select, textarea, button';

function scope_name(el, name) {
    const named = el.closest('tr')?.querySelector('[name*="."]')?.name.match(/^(.+\.\d+)\./);
    return named ? [`${named[1]}.${name}`, name] : [name];
}

/* What would be sent for this name: nothing for hidden, disabled or unchecked controls. */
function values(form, names) {
    for (const name of names) {
        const controls = [...form.elements].filter((c) => c.name === name);
        if (controls.length)
            return controls.filter((c) => !c.disabled && (!/^(radio|checkbox)$/.test(c.type) || c.checked))
                .flatMap((c) => c.tagName === 'SELECT' ? [...c.selectedOptions].map((o) => o.value) : [c.value]);
    }
    return [];
}

function holds(el) {
    const list = el.dataset.ifValues ?? '';
    const wanted = list.replace(/^!/, '').split('|');
    const found = values(el.closest('form'), scope_name(el, el.dataset.ifField)).some((v) => wanted.includes(v));
    return list.startsWith('!') ? !found : found;
}

function show(el, on) {
    el.hidden = !on;
    const controls = el.matches(control) ? [el] : el.querySelectorAll(control);
    for (const c of controls) {
        if (!on && !c.disabled) {
            c.disabled = true;
            c.dataset.off = '';
        } else if (on && 'off' in c.dataset && !c.closest('[hidden]')) {
            c.disabled = false;
            delete c.dataset.off;
        }
    }
}

function update(form) {
    const fields = [...form.querySelectorAll('[data-if-field]')];
    // A condition may hang on another that hangs on a third: repeat until nothing moves.
    for (let round = 0, moved = true; moved && round < 5; round++) {
        moved = false;
        for (const el of fields) {
            const on = holds(el);
            moved ||= on === el.hidden;
            show(el, on);
        }
    }
}

function wire_form(form) {
    for (const what of ['change', 'rows'])
        form.addEventListener(what, () => update(form));
    form.addEventListener('reset', () => setTimeout(() => update(form)));
}

export function wire_conditions(root) {
    each(root, 'form', wire_form);
    for (const form of root.querySelectorAll('form'))
        update(form);
}
