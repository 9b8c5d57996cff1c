// The two languages and two small helpers that every module shares.

const english = document.documentElement.lang.startsWith('en');

/* The text in the page's language. */
export function say(zh, en) {
    return english ? en : zh;
}

const wired = new WeakMap();

/* Calls fn once, ever, for each element that matches; so a page may be wired again after every swap. */
export function each(root, selector, fn) {
    for (const el of root.querySelectorAll(selector)) {
        const done = wired.get(el) ?? wired.set(el, new Set()).get(el);
        if (done.has(fn))
            continue;
        done.add(fn);
        fn(el);
    }
}

/* make('p', { class: 'muted' }, 'text', child …) */
export function make(tag, attributes = {}, ...children) {
    const el = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes))
        el.setAttribute(name, value);
    el.append(...children);
    return el;
}

/* Tells the other modules that a script changed a field, as if the user had. */
export function changed(el) {
    el.dispatchEvent(new Event('input', { bubbles: true }));
    el.dispatchEvent(new Event('change', { bubbles: true }));
}

const loading = new Map();

/* Loads a classic script of ours once. */
export function load_script(src) {
    if (!loading.has(src))
        loading.set(src, new Promise((resolve, reject) => {
            const script = make('script', { src });
            script.onload = resolve;
            script.onerror = reject;
            document.head.append(script);
        }));
    return loading.get(src);
}
