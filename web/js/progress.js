// <div data-progress="/jobs/7"> with a <progress> and a [data-progress-text]: asks each second for
// {"done", "total", "text", "url"} until done, then goes to the url if there is one.

import { each, say } from './words.js';

const pause_ms = 1000;

function wire_job(box) {
    const bar = box.querySelector('progress');
    const text = box.querySelector('[data-progress-text]');

    async function ask() {
        if (!box.isConnected)
            return;
        let job;
        try {
            job = await (await fetch(box.dataset.progress, { headers: { Accept: 'application/json' } })).json();
        } catch {
            setTimeout(ask, 5 * pause_ms);
            return;
        }
        bar.max = job.total || 1;
        bar.value = job.done;
        text.textContent = job.text ?? `${job.done} / ${job.total}`;
        if (job.done < job.total)
            setTimeout(ask, pause_ms);
        else if (job.url)
            location.assign(job.url);
        else
            text.textContent = say('完成', 'Done');
    }
    ask();
}

export function wire_progress(root) {
    each(root, '[data-progress]', wire_job);
}
