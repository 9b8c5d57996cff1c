// Menus (<details class="menu">), dialogs (<dialog>), the phone's drawer (#side) and the messages that go away.

const flash_ms = 8000;

function close_menus(except) {
    for (const menu of document.querySelectorAll('details.menu[open]'))
        if (menu !== except && !menu.contains(except))
            menu.open = false;
}

function on_click(e) {
    close_menus(e.target.closest('details.menu'));
    const opener = e.target.closest('[data-open]');
    const dialog = opener && document.getElementById(opener.dataset.open);
    if (dialog) {
        e.preventDefault();
        close_menus(null);
        dialog.showModal();
    } else if (e.target.closest('[data-close]') || e.target.matches('dialog')) {
        e.target.closest('dialog')?.close();
    }
}

function on_escape() {
    const menu = document.querySelector('details.menu[open]');
    if (menu) {
        menu.open = false;
        menu.querySelector('summary').focus();
    } else if (location.hash === '#side') {
        location.hash = '#main';
    } else if (document.activeElement?.closest('.search')) {
        document.activeElement.blur();
    }
}

function fade(flash) {
    setTimeout(() => flash.matches(':hover, :focus-within') ? fade(flash) : flash.remove(), flash_ms);
}

/* A form that fetches a file leaves the page as it is: its dialog has done its work. */
function on_submit(e) {
    if (e.target.matches('form[data-download]'))
        setTimeout(() => e.target.closest('dialog')?.close());
}

export function start_overlays() {
    document.addEventListener('click', on_click);
    document.addEventListener('submit', on_submit);
    document.addEventListener('keydown', (e) => {
        if (e.key === 'Escape')
            on_escape();
    });
    for (const flash of document.querySelectorAll('.flash'))
        fade(flash);
}
