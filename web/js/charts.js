// <div class="chart" role="img" data-chart="bar|line|stack|pie" data-unit="%" aria-label="…"
//      data-series='{"x": […], "series": [{"name": "…", "data": […]}], "href": […]}'>
// ECharts is fetched only where there is a chart; a click on x[i] goes to href[i].

import { each, load_script } from './words.js';

function colours() {
    const style = getComputedStyle(document.documentElement);
    const get = (name) => style.getPropertyValue(name).trim();
    const series = [1, 2, 3, 4, 5, 6].map((i) => get(`--chart-${i}`));
    return { series, ink: get('--ink-2'), line: get('--line'), font: get('--font') };
}

function pie(data, unit, c) {
    const values = data.series[0].data.map((value, i) => ({ value, name: data.x[i] }));
    return {
        tooltip: { renderMode: 'richText', formatter: (p) => `${p.name}  ${p.value}${unit}（${p.percent}%）` },
        series: [{ type: 'pie', radius: ['45%', '72%'], data: values, label: { color: c.ink, formatter: '{b} {d}%' },
            itemStyle: { borderColor: '#fff', borderWidth: 2 } }],
    };
}

// A few names stand below their columns, each whole; many stand beside lying bars.
const FEW = 8, BAR = 32;

function axes(kind, data, unit, c, width) {
    const line = kind === 'line', lying = !line && data.x.length > FEW;
    const text = { color: c.ink, fontSize: 12 };
    const names = { type: 'category', data: data.x, axisTick: { show: false }, inverse: lying, axisLine: { lineStyle: { color: c.line } },
        axisLabel: line ? text : { ...text, interval: 0, overflow: 'break', width: lying ? 140 : Math.max(48, (width - 60) / data.x.length - 8) } };
    const whole = data.series.every((s) => s.data.every(Number.isInteger));
    const values = { type: 'value', splitNumber: 4, minInterval: whole ? 1 : 0, splitLine: { lineStyle: { color: c.line } },
        axisLabel: { ...text, formatter: `{value}${unit}` } };
    return {
        grid: { left: 4, right: 12, top: data.series.length > 1 ? 32 : 24, bottom: 0, containLabel: true },
        legend: { show: data.series.length > 1, top: 0, left: 0, icon: 'roundRect',
            itemWidth: 12, itemHeight: 8, textStyle: text },
        tooltip: { trigger: 'axis', renderMode: 'richText', axisPointer: { type: line ? 'line' : 'shadow' },
            valueFormatter: (v) => `${v}${unit}` },
        xAxis: lying ? values : names,
        yAxis: lying ? names : values,
        series: data.series.map((s) => ({
            name: s.name, data: s.data, type: line ? 'line' : 'bar', stack: kind === 'stack' ? 'all' : undefined,
            barMaxWidth: lying ? 14 : 28, symbolSize: 6, lineStyle: { width: 2 },
            itemStyle: { borderRadius: kind !== 'bar' ? 0 : lying ? [0, 3, 3, 0] : [3, 3, 0, 0] },
            label: { show: kind === 'bar' && data.series.length === 1, position: lying ? 'right' : 'top', color: c.ink,
                formatter: `{c}${unit}` },
        })),
    };
}

async function wire_chart(el) {
    await load_script('/static/echarts.common.min.js');
    const data = JSON.parse(el.dataset.series);
    const c = colours();
    const unit = el.dataset.unit ?? '';
    const kind = el.dataset.chart;
    if (kind !== 'pie' && kind !== 'line' && data.x.length > FEW)
        el.style.height = `${data.x.length * BAR + 40}px`;
    const chart = window.echarts.init(el);
    const draw = () => chart.setOption({
        color: c.series, animation: false, textStyle: { fontFamily: c.font },
        ...(kind === 'pie' ? pie(data, unit, c) : axes(kind, data, unit, c, el.clientWidth)),
    });
    draw();
    chart.on('click', (e) => data.href?.[e.dataIndex] && location.assign(data.href[e.dataIndex]));
    new ResizeObserver(() => { chart.resize(); draw(); }).observe(el);
}

export function wire_charts(root) {
    each(root, '[data-chart]', wire_chart);
}
