// <table data-rows="goals"> edits like a sheet: its inputs are named goals.0.text; its <template> holds an empty row
// with goals.#.text.  Rows are added, removed and moved; Enter goes down, Tab after the last cell adds a row, and cells
// copied from a sheet fill the cells from where they are pasted.

import { changed, each, say } from './words.js';

const rows_of = (table) => [...table.tBodies[0].rows];
const cells_of = (row) => [...row.querySelectorAll('input:not([type=hidden]), select, textarea')];

function is_empty(row) {
    return cells_of(row).every((c) => /^(radio|checkbox)$/.test(c.type) ? !c.checked : c.value.trim() === '');
}

/* After any move the names, ids and row numbers follow the order on the screen. */
function renumber(table) {
    const prefix = table.dataset.rows;
    rows_of(table).forEach((row, i) => {
        for (const el of row.querySelectorAll('[name], [id], [for], [aria-describedby]'))
            for (const a of ['name', 'id', 'for', 'aria-describedby'])
                if (el.hasAttribute(a))
                    el.setAttribute(a, el.getAttribute(a).replaceAll(`${prefix}.#.`, `${prefix}.${i}.`)
                        .replace(new RegExp(`(^|[ -])${prefix}\\.\\d+\\.`, 'g'), `$1${prefix}.${i}.`));
        const no = row.querySelector('.row-no');
        if (no)
            no.textContent = i + 1;
    });
    table.dispatchEvent(new CustomEvent('rows', { bubbles: true }));
}

function add_row(table) {
    const most = Number(table.dataset.max) || Infinity;
    if (rows_of(table).length >= most)
        return null;
    table.tBodies[0].append(table.querySelector('template').content.cloneNode(true));
    renumber(table);
    return rows_of(table).at(-1);
}

function act(table, row, what) {
    if (what === 'up' && row.previousElementSibling?.matches('tr'))
        row.previousElementSibling.before(row);
    else if (what === 'down' && row.nextElementSibling?.matches('tr'))
        row.nextElementSibling.after(row);
    else if (what === 'remove') {
        if (!is_empty(row) && !confirm(say('删除这一行？', 'Remove this row?')))
            return;
        const next = row.nextElementSibling ?? row.previousElementSibling;
        row.remove();
        if (!rows_of(table).length)
            add_row(table);
        cells_of(next?.matches('tr') ? next : rows_of(table)[0])[0]?.focus();
    }
    renumber(table);
    changed(table);
}

function on_key(table, e) {
    const row = e.target.closest('tbody tr');
    if (!row || e.isComposing)
        return;
    const cells = cells_of(row);
    const last = row === rows_of(table).at(-1);
    if (e.key === 'Enter' && !e.shiftKey && cells.includes(e.target)) {
        e.preventDefault();
        const below = last ? (is_empty(row) ? null : add_row(table)) : rows_of(table)[row.sectionRowIndex + 1];
        if (below)
            cells_of(below)[cells.indexOf(e.target)].focus();
    } else if (e.key === 'Tab' && !e.shiftKey && last && e.target === cells.at(-1) && !is_empty(row)) {
        const below = add_row(table);
        if (below) {
            e.preventDefault();
            cells_of(below)[0].focus();
        }
    }
}

/* Tab-separated text as sheets put it on the clipboard; a quoted cell may hold newlines and doubled quotes. */
export function tsv_parse(text) {
    const rows = [[]];
    const cell = /("(?:[^"]|"")*"|[^\t\r\n]*)(\t|\r?\n|\r|$)/y;
    while (cell.lastIndex < text.length) {
        const [, value, end] = cell.exec(text) ?? ['', text.slice(cell.lastIndex), ''];
        rows.at(-1).push(value.startsWith('"') && value.endsWith('"') && value.length > 1
            ? value.slice(1, -1).replaceAll('""', '"') : value);
        if (end !== '\t' && end !== '' && cell.lastIndex < text.length)
            rows.push([]);
        if (end === '')
            break;
    }
    return rows;
}

function fill(control, text) {
    const value = text.trim();
    if (control.tagName === 'SELECT') {
        const option = [...control.options].find((o) => o.value === value || o.text.trim() === value);
        if (option)
            control.value = option.value;
    } else if (control.type === 'checkbox') {
        control.checked = /^(1|是|√|✓|y|yes|true)$/i.test(value);
    } else if (control.type === 'date') {
        const d = value.match(/^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/);
        control.value = d ? `${d[1]}-${d[2].padStart(2, '0')}-${d[3].padStart(2, '0')}` : '';
    } else if (control.type !== 'radio') {
        control.value = value;
    }
    changed(control);
}

function on_paste(table, e) {
    const first = e.target.closest('tbody tr');
    const grid = tsv_parse(e.clipboardData?.getData('text/plain') ?? '');
    if (!first || (grid.length === 1 && grid[0].length < 2))
        return;
    e.preventDefault();
    const column = cells_of(first).indexOf(e.target);
    let row = first;
    for (const line of grid) {
        if (!row)
            break;
        const cells = cells_of(row);
        line.forEach((text, i) => cells[column + i] && fill(cells[column + i], text));
        row = rows_of(table)[row.sectionRowIndex + 1] ?? (line === grid.at(-1) ? null : add_row(table));
    }
}

function wire_table(table) {
    table.addEventListener('click', (e) => {
        const button = e.target.closest('[data-do]');
        if (button) {
            e.preventDefault();
            act(table, button.closest('tr'), button.dataset.do);
        }
    });
    table.addEventListener('keydown', (e) => on_key(table, e));
    table.addEventListener('paste', (e) => on_paste(table, e));
    const add = table.closest('form')?.querySelector(`[data-add="${table.dataset.rows}"]`);
    add?.addEventListener('click', (e) => {
        e.preventDefault();
        const row = add_row(table);
        if (row)
            cells_of(row)[0]?.focus();
    });
}

export function wire_tables(root) {
    each(root, 'table[data-rows]', wire_table);
}
