// The side index of a long form: marks the section on the screen and counts its filled fields.

import { each } from './words.js';

const control = 'input, select, textarea';

/* One field is one label: a group of radios or a table counts once. */
function count(section) {
    const rows = [...section.querySelectorAll('.form-row')].filter((r) =>
        !r.closest('[hidden]') && r.querySelector(control));
    const filled = rows.filter((r) => [...r.querySelectorAll(control)].some((c) =>
        /^(radio|checkbox)$/.test(c.type) ? c.checked : c.value.trim() !== ''));
    return [filled.length, rows.length];
}

function wire_index(index) {
    const pairs = [...index.querySelectorAll('a[href^="#"]')]
        .map((link) => ({ link, section: document.getElementById(link.hash.slice(1)) })).filter((p) => p.section);
    const form = pairs[0]?.section.closest('form');

    function recount() {
        for (const { link, section } of pairs) {
            const [filled, all] = count(section);
            const number = link.querySelector('.n');
            if (number)
                number.textContent = `${filled}/${all}`;
            link.classList.toggle('full', filled === all);
        }
    }
    function mark() {
        const passed = pairs.filter((p) => p.section.getBoundingClientRect().top < innerHeight / 3);
        const now = passed.at(-1) ?? pairs[0];
        for (const { link } of pairs)
            link === now.link ? link.setAttribute('aria-current', 'true') : link.removeAttribute('aria-current');
    }
    if (!form)
        return;
    form.addEventListener('change', recount);
    document.addEventListener('scroll', mark, { passive: true });
    recount();
    mark();
}

export function wire_sections(root) {
    each(root, '.form-index', wire_index);
}
