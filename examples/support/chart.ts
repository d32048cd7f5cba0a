/** A line of a chart. */
export interface Series {
  readonly name: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

/** One picture of a chart: x on a logarithmic axis, y on one that starts at 0. */
export interface Panel {
  readonly x: string;
  readonly series: readonly Series[];
}

const [width, height] = [460, 320]; // of the field of a panel, in pixels
const margin = { left: 64, right: 36, top: 96, bottom: 60 };
const colors = ["#0072b2", "#d55e00", "#009e73"]; // told apart by the colour-blind, too

/** Panels side by side with one legend, as a file of its own. Each y is cut at `highest`. */
export function chart(title: string, y: string, highest: number, panels: readonly Panel[]): string {
  const step = margin.left + width + margin.right;
  const names = panels[0].series.map(({ name }) => name);
  const legend = names.map((name, i) => {
    const at = margin.left + 250 * i;
    return `<path d="M${at} 56h28" ${stroke(i)}/>${text(at + 36, 61, name)}`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${step * panels.length} ${margin.top + height + margin.bottom}"`,
    ` font-family="system-ui, Helvetica, Arial, sans-serif" font-size="14" fill="#222">`,
    `<title>${title}</title><rect width="100%" height="100%" fill="#fff"/>`,
    text(margin.left, 32, title, 'font-size="18" font-weight="600"'),
    ...legend,
    ...panels.map(
      (panel, i) =>
        `<g transform="translate(${step * i + margin.left} ${margin.top})">${draw(panel, y, highest)}</g>`,
    ),
    "</svg>\n",
  ].join("\n");
}

function draw({ x, series }: Panel, y: string, highest: number): string {
  const all = series.flatMap(({ points }) => points.map((point) => point.x)).filter((value) => value > 0);
  const [low, high] = [Math.log10(Math.min(...all)), Math.log10(Math.max(...all))];
  const right = (value: number) => round((width * (Math.log10(value) - low)) / (high - low));
  const down = (value: number) => round(height * (1 - Math.min(value, highest) / highest));

  // 1, 10, 100 …, and on a short axis 2 and 5 of each, too.
  const steps = high - low < 3.5 ? [1, 2, 5] : [1];
  const decades = Array.from({ length: Math.ceil(high - low) + 1 }, (_, i) => 10 ** (Math.floor(low) + i));
  const ticks = decades
    .flatMap((decade) => steps.map((step) => step * decade))
    .filter((value) => Math.log10(value) >= low && Math.log10(value) <= high);
  const levels = Array.from({ length: Math.floor(highest / 0.5) + 1 }, (_, i) => 0.5 * i);
  return [
    ...ticks.map(
      (value) =>
        `<path d="M${right(value)} 0v${height}" stroke="#e4e4e4"/>${text(right(value), height + 20, written(value), 'text-anchor="middle"')}`,
    ),
    ...levels.map(
      (value) =>
        `<path d="M0 ${down(value)}h${width}" stroke="#e4e4e4"/>${text(-10, down(value) + 5, value.toFixed(1), 'text-anchor="end"')}`,
    ),
    `<path d="M0 0V${height}H${width}" fill="none" stroke="#222"/>`,
    text(width / 2, height + 46, x, 'text-anchor="middle"'),
    text(0, -10, y),
    ...series.map(({ points }, i) => {
      const shown = points.filter((point) => point.x > 0);
      return `<path d="M${shown.map((point) => `${right(point.x)} ${down(point.y)}`).join("L")}" ${stroke(i)}/>`;
    }),
  ].join("\n");
}

const stroke = (i: number) => `fill="none" stroke="${colors[i]}" stroke-width="2.5" stroke-linejoin="round"`;

const text = (x: number, y: number, words: string, more = "") =>
  `<text x="${x}" y="${y}" ${more}>${words}</text>`;

const round = (pixels: number) => Math.round(10 * pixels) / 10;

/** 0.01 · 1 · 1,000 */
const written = (value: number) => value.toLocaleString("en", { maximumFractionDigits: 4 });
