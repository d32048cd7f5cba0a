/** A line of a plot. */
export interface Series {
  readonly name: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

/** One field of a plot; both axes are logarithmic. */
export interface Panel {
  readonly x: string;
  readonly y: string;
  readonly series: readonly Series[];
}

const [width, height] = [400, 280]; // of the field of a panel, in pixels
const margin = { left: 92, right: 48, top: 36, bottom: 64 };
const top = 80; // for the title and the legend
const colors = ["#0072b2", "#009e73", "#d55e00", "#cc79a7"]; // told apart by the colour-blind, too

/** Panels two abreast with one legend, as an SVG file of its own. */
export function plot(title: string, panels: readonly Panel[]): string {
  const [across, down] = [margin.left + width + margin.right, margin.top + height + margin.bottom];
  const names = panels[0].series.map(({ name }) => name);
  const legend = names.map((name, i) => {
    const at = margin.left + 220 * i;
    return `<path d="M${at} 60h28" ${stroke(i)}/>${text(at + 36, 65, name)}`;
  });
  const fields = panels.map((panel, i) => {
    const [x, y] = [across * (i % 2) + margin.left, top + down * Math.floor(i / 2) + margin.top];
    return `<g transform="translate(${x} ${y})">${draw(panel)}</g>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${2 * across} ${top + down * Math.ceil(panels.length / 2)}"`,
    ` font-family="system-ui, Helvetica, Arial, sans-serif" font-size="14" fill="#222">`,
    `<title>${title}</title><rect width="100%" height="100%" fill="#fff"/>`,
    text(margin.left, 32, title, 'font-size="18" font-weight="600"'),
    ...legend,
    ...fields,
    "</svg>\n",
  ].join("\n");
}

function draw({ x, y, series }: Panel): string {
  const points = series.flatMap((line) => line.points).filter((point) => point.x > 0 && point.y > 0);
  const right = measuredAxis(points.map((point) => point.x));
  const up = axis(points.map((point) => point.y));
  const down = (value: number) => round(height - up.at(value));
  return [
    ...right.ticks.map(
      (value) =>
        `<path d="M${right.at(value)} 0v${height}" stroke="#e4e4e4"/>${text(right.at(value), height + 20, written(value), 'text-anchor="middle"')}`,
    ),
    ...up.ticks.map(
      (value) =>
        `<path d="M0 ${down(value)}h${width}" stroke="#e4e4e4"/>${text(-10, down(value) + 5, written(value), 'text-anchor="end"')}`,
    ),
    `<path d="M0 0V${height}H${width}" fill="none" stroke="#222"/>`,
    text(width / 2, height + 44, x, 'text-anchor="middle"'),
    text(-margin.left + 16, -14, y),
    ...series.map((line, i) => {
      const shown = line.points.filter((point) => point.x > 0 && point.y > 0);
      const at = shown.map((point) => [right.at(point.x), down(point.y)]);
      const dots = at.map(([x, y]) => `<circle cx="${x}" cy="${y}" r="3.5" fill="${colors[i % 4]}"/>`);
      return `<path d="M${at.map((pair) => pair.join(" ")).join("L")}" ${stroke(i)}/>${dots.join("")}`;
    }),
  ].join("\n");
}

interface Axis {
  readonly ticks: readonly number[];
  at(value: number): number;
}

/** A logarithmic axis across, whose ticks are what was measured. */
function measuredAxis(values: readonly number[]): Axis {
  const ticks = [...new Set(values)].sort((a, b) => a - b);
  const [least, inset] = [ticks[0], 24];
  const scale = (width - 2 * inset) / Math.log10(ticks[ticks.length - 1] / least || 1);
  return { ticks, at: (value) => round(inset + scale * Math.log10(value / least)) };
}

/** A logarithmic axis up, from the tick below the least to the one above the most: 1, 10, 100, or also 2 and 5 of each. */
function axis(values: readonly number[]): Axis {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const first = Math.floor(Math.log10(low));
  const decades = Array.from(
    { length: Math.ceil(Math.log10(high)) - first + 1 },
    (_, i) => 10 ** (first + i),
  );
  const steps = high / low < 50 ? [1, 2, 5] : [1];
  const all = decades.flatMap((decade) => steps.map((step) => step * decade));
  const from = Math.max(...all.filter((tick) => tick <= low));
  const to = Math.min(...all.filter((tick) => tick >= high && tick > from));
  const scale = height / Math.log10(to / from);
  return {
    ticks: all.filter((tick) => tick >= from && tick <= to),
    at: (value) => round(scale * Math.log10(value / from)),
  };
}

const stroke = (i: number) =>
  `fill="none" stroke="${colors[i % 4]}" stroke-width="2.5" stroke-linejoin="round"`;

const text = (x: number, y: number, words: string, more = "") =>
  `<text x="${x}" y="${y}" ${more}>${words}</text>`;

const round = (pixels: number) => Math.round(10 * pixels) / 10;

/** 0.01 · 1 · 1,000 */
const written = (value: number) => value.toLocaleString("en", { maximumFractionDigits: 4 });
