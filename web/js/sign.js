// <div class="sign" data-sign><input class="form-control" name="client_sign"></div>: without this script one types
// one's name; with it one may also draw.  The value is either the typed name or the strokes as an SVG path in a
// 600 × 200 box, made of M, L, whole numbers and spaces only: "M12 30L14 33 …".

import { changed, each, make, say } from './words.js';

const width = 600, height = 200;
const strokes_only = /^M[ML\d ]+$/;

function path_of(strokes) {
    return strokes.map((points) => 'M' + points.map(([x, y]) => `${x} ${y}`).join('L')
        + (points.length === 1 ? `L${points[0][0] + 1} ${points[0][1]}` : '')).join('');
}

function strokes_of(path) {
    return path.split('M').slice(1).map((s) => s.split('L').map((p) => p.trim().split(' ').map(Number)));
}

function draw(canvas, strokes) {
    const pen = canvas.getContext('2d');
    const scale = Math.max(1, window.devicePixelRatio || 1);
    canvas.width = width * scale;
    canvas.height = height * scale;
    pen.scale(scale, scale);
    pen.strokeStyle = '#111';
    pen.lineWidth = 3.5;
    pen.lineCap = pen.lineJoin = 'round';
    pen.stroke(new Path2D(path_of(strokes)));
}

function wire_sign(box) {
    const typed = box.querySelector('input');
    const sent = make('input', { type: 'hidden', name: typed.name, value: typed.value });
    const canvas = make('canvas', { 'aria-hidden': 'true' });
    const undo = make('button', { type: 'button', class: 'btn btn-sm' }, say('撤销一笔', 'Undo stroke'));
    const clear = make('button', { type: 'button', class: 'btn btn-sm' }, say('清除', 'Clear'));
    let strokes = [];
    let drawing = null;

    if (strokes_only.test(typed.value)) {
        strokes = strokes_of(typed.value);
        typed.value = '';
    }
    typed.removeAttribute('name');
    typed.placeholder = say('不便手写时，在此输入姓名', 'Or type your name here');
    box.prepend(canvas);
    box.append(sent, make('div', { class: 'actions' }, undo, clear));

    function keep() {
        sent.value = strokes.length ? path_of(strokes) : typed.value.trim();
        undo.disabled = clear.disabled = !strokes.length;
        draw(canvas, strokes);
    }
    function point(e) {
        const at = canvas.getBoundingClientRect();
        const clamp = (v, most) => Math.round(Math.min(Math.max(v, 0), most));
        return [clamp((e.clientX - at.left) * width / at.width, width),
            clamp((e.clientY - at.top) * height / at.height, height)];
    }
    function finish() {
        if (!drawing)
            return;
        drawing = null;
        keep();
        changed(sent);
    }
    canvas.addEventListener('pointerdown', (e) => {
        canvas.setPointerCapture(e.pointerId);
        drawing = [point(e)];
        strokes.push(drawing);
        draw(canvas, strokes);
    });
    canvas.addEventListener('pointermove', (e) => {
        if (!drawing)
            return;
        const [x, y] = point(e), [px, py] = drawing.at(-1);
        if (Math.abs(x - px) + Math.abs(y - py) < 3)
            return;
        drawing.push([x, y]);
        draw(canvas, strokes);
    });
    canvas.addEventListener('pointerup', finish);
    canvas.addEventListener('pointercancel', finish);
    undo.addEventListener('click', () => { strokes.pop(); keep(); changed(sent); });
    clear.addEventListener('click', () => { strokes = []; keep(); changed(sent); });
    typed.addEventListener('input', keep);
    keep();
}

export function wire_signs(root) {
    each(root, '[data-sign]', wire_sign);
}
