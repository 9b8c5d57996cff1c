// Keys: / search, ? this list, g d / g p / g c go, Esc closes.

import { make, say } from './words.js';

const places = { d: '/desk', p: '/people', c: '/cases' };

const help = [
    ['/', '搜索', 'Search'],
    ['g d', '去工作台', 'Go to the desk'],
    ['g p', '去服务对象', 'Go to people'],
    ['g c', '去个案', 'Go to casework'],
    ['Esc', '关闭菜单或对话框', 'Close a menu or dialog'],
    ['?', '显示快捷键', 'Show the keys'],
];

function typing(target) {
    return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

function show_keys() {
    let dialog = document.getElementById('keys-dialog');
    if (!dialog) {
        const rows = help.map(([key, zh, en]) =>
            make('div', {}, make('dt', {}, make('kbd', {}, key)), make('dd', {}, say(zh, en))));
        dialog = make('dialog', { class: 'dialog', id: 'keys-dialog', 'aria-labelledby': 'keys-title' },
            make('header', {}, make('h2', { id: 'keys-title' }, say('快捷键', 'Keys'))),
            make('div', { class: 'dialog-body' }, make('dl', { class: 'figures-list words' }, ...rows)),
            make('footer', {}, make('button', { class: 'btn', type: 'button', 'data-close': '' }, say('关闭', 'Close'))));
        document.body.append(dialog);
    }
    dialog.showModal();
}

export function start_keys() {
    let g_at = 0;
    document.addEventListener('keydown', (e) => {
        if (e.ctrlKey || e.metaKey || e.altKey || e.isComposing || typing(e.target)
            || document.querySelector('dialog[open]'))
            return;
        if (e.key === '/') {
            const search = document.querySelector('.search [name=q]');
            if (search) {
                e.preventDefault();
                search.focus();
                search.select();
            }
        } else if (e.key === '?') {
            e.preventDefault();
            show_keys();
        } else if (e.key === 'g') {
            g_at = Date.now();
        } else if (places[e.key] && Date.now() - g_at < 1500) {
            location.assign(places[e.key]);
        }
    });
    document.addEventListener('click', (e) => {
        if (!e.target.closest('[data-keys]'))
            return;
        e.preventDefault();
        show_keys();
    });
}
