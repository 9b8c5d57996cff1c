// <input type="file" data-photos>: shows what was chosen and refuses files over data-max-mb (10) before they travel.

import { each, make, say } from './words.js';

function wire_input(input) {
    const most = Number(input.dataset.maxMb) || 10;
    const list = make('ul', { class: 'photos', 'aria-live': 'polite' });
    input.after(list);
    input.addEventListener('change', () => {
        const files = [...input.files];
        const big = files.filter((f) => f.size > most * 1024 * 1024);
        for (const img of list.querySelectorAll('img'))
            URL.revokeObjectURL(img.src);
        list.replaceChildren(...files.map((f) => {
            if (big.includes(f))
                return make('li', { class: 'is-bad' }, say(`${f.name} 超过 ${most} MB`, `${f.name} is over ${most} MB`));
            const picture = f.type.startsWith('image/') ? [make('img', { src: URL.createObjectURL(f), alt: '' })] : [];
            return make('li', { title: f.name }, ...picture, f.name);
        }));
        input.setCustomValidity(big.length ? say(`单个文件不能超过 ${most} MB`, `A file may have at most ${most} MB`) : '');
    });
}

export function wire_photos(root) {
    each(root, 'input[type=file][data-photos]', wire_input);
}
