import { BarChart, LineChart, type BarSeriesOption, type LineSeriesOption } from 'echarts/charts';
import {
  AriaComponent,
  GridComponent,
  LegendComponent,
  type AriaComponentOption,
  type GridComponentOption,
  type LegendComponentOption,
} from 'echarts/components';
import { init, use, type ComposeOption } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { element } from './xml.ts';

use([BarChart, LineChart, GridComponent, LegendComponent, AriaComponent, SVGRenderer]);

type Option = ComposeOption<
  BarSeriesOption | LineSeriesOption | GridComponentOption | LegendComponentOption | AriaComponentOption
>;

/** One colour of bars or one line: a value for each category. */
export interface Series {
  readonly name: string;
  readonly values: readonly number[];
}

/** A picture before it is drawn. */
export interface Chart {
  /** Unique on its page, letters only: what the picture refers to within itself begins with it. */
  readonly id: string;
  /** The accessible name, and what it shows in a sentence. */
  readonly title: string;
  readonly description: string;
  readonly categories: readonly string[];
  readonly series: readonly Series[];
  readonly shape: 'bars' | 'stacked' | 'lines';
}

const WIDTH = 720;
const HEIGHT = 360;

/** Okabe and Ito's colours, which colour-blind people tell apart; patterns and symbols do it in grey. */
const COLOURS = ['#0072b2', '#e69f00', '#009e73', '#d55e00', '#56b4e9', '#cc79a7', '#666666', '#f0e442'];
const SYMBOLS = ['circle', 'rect', 'triangle', 'diamond'];

/**
 * Draws a chart as SVG on the server. The same chart is the same text, whatever was drawn before it. It has no script, no
 * handler, no style element and no style attribute, so that it stands in a page whose policy allows none of them.
 */
export function chartSvg(chart: Chart): string {
  const drawing = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height: HEIGHT });
  try {
    drawing.setOption(optionOf(chart));
    return plain(drawing.renderToSVGString(), chart);
  } finally {
    drawing.dispose();
  }
}

function optionOf({ categories, series, shape }: Chart): Option {
  return {
    animation: false,
    color: COLOURS,
    // Only its patterns: the name and the description are those of the chart.
    aria: { enabled: true, label: { enabled: false }, decal: { show: shape !== 'lines' } },
    legend: { bottom: 0 },
    grid: { left: 56, right: 16, top: 16, bottom: 72 },
    xAxis: { type: 'category', data: [...categories] },
    yAxis: { type: 'value', minInterval: 1 },
    series: series.map(({ name, values }, at): BarSeriesOption | LineSeriesOption =>
      shape === 'lines'
        ? {
            type: 'line',
            name,
            data: [...values],
            symbol: SYMBOLS[at % SYMBOLS.length] ?? 'circle',
            symbolSize: 9,
          }
        : { type: 'bar', name, data: [...values], ...(shape === 'stacked' ? { stack: 'all' } : {}) },
    ),
  };
}

/** Takes out what serves a mouse in a browser, and turns what is said by `style` into attributes. */
function plain(svg: string, { id, title, description }: Chart): string {
  const body = svg
    .replaceAll(/<style[^>]*>[\s\S]*?<\/style>/g, '')
    .replaceAll(/ (?:class|ecmeta_\w+|pointer-events)="[^"]*"/g, '')
    .replaceAll(/ style="([^"]*)"/g, (_, declarations: string) => attributesOf(declarations))
    // The library numbers its pictures as they come.
    .replaceAll(/zr\d+-/g, `${id}-`);
  const end = body.indexOf('>');
  const names = `${id}-title ${id}-desc`;
  const told = [
    element('title', { id: `${id}-title` }, [title]),
    element('desc', { id: `${id}-desc` }, [description]),
  ];
  return `${body.slice(0, end)} role="img" aria-labelledby="${names}">${told.map(({ xml }) => xml).join('')}${body.slice(end + 1)}`;
}

/** `font-size:12px;font-family:sans-serif;` as attributes of SVG. */
function attributesOf(declarations: string): string {
  return declarations
    .split(';')
    .flatMap((declaration) => {
      const [name, value] = declaration.split(':');
      return name === undefined || value === undefined || name.trim() === ''
        ? []
        : [` ${name.trim()}="${value.trim()}"`];
    })
    .join('');
}
