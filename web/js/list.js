// Lists: choosing rows shows what can be done with them and how many they are; <form data-auto> sends itself on change.

import { each, say } from './words.js';

function wire_list(form) {
    const bar = form.querySelector('.selbar');
    const all = form.querySelector('[data-pick-all]');
    if (!bar || !all)
        return;                         // a list in which this user can choose nothing
    const picks = () => [...form.querySelectorAll('.pick input:not([data-pick-all])')];
    let last = null;

    function update() {
        const list = picks();
        const chosen = list.filter((p) => p.checked);
        for (const p of list)
            p.closest('tr').classList.toggle('is-chosen', p.checked);
        all.checked = chosen.length > 0 && chosen.length === list.length;
        all.indeterminate = chosen.length > 0 && chosen.length < list.length;
        bar.hidden = chosen.length === 0;
        bar.querySelector('[data-count]').textContent = say(`已选 ${chosen.length} 项`, `${chosen.length} chosen`);
    }
    form.addEventListener('click', (e) => {
        const list = picks();
        const at = list.indexOf(e.target);
        if (e.target === all)
            list.forEach((p) => { p.checked = all.checked; });
        else if (at >= 0 && e.shiftKey && last !== null)
            list.slice(Math.min(at, last), Math.max(at, last) + 1).forEach((p) => { p.checked = e.target.checked; });
        if (at >= 0)
            last = at;
    });
    form.addEventListener('change', update);
    update();
}

function wire_auto(form) {
    const chosen = 'select, [type=date], [type=checkbox], [type=radio]';
    form.addEventListener('change', (e) => e.target.matches(chosen) && form.requestSubmit());
}

export function wire_lists(root) {
    each(root, 'form[data-list]', wire_list);
    each(root, 'form[data-auto]', wire_auto);
}
