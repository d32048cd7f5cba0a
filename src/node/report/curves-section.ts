import { validationName } from "../../model/history.js";
import { RATE, SECONDS, SPEED } from "./entries.js";
import { type Html, html } from "./html.js";
import { numberText } from "./number-text.js";
import type { PageData, Series } from "./page-data.js";
import type { Report } from "./report.js";

/** Measures that have a chart, at most; the table has them all. */
const MOST = 24;

/** A chart for each measure, its validation in it, for the learning rate and the time; and all numbers as a table. */
export function curvesSection({ data }: Report): Html {
  if (data.x.length === 0) return html``;
  const measures = data.series.length - 3; // the others stand behind them
  const names = data.series.slice(0, measures).map(({ name }) => name);
  const held = names.map((name) => names.indexOf(validationName(name)));
  const charts = names.flatMap((name, i) => {
    if (held.includes(i)) return []; // it is in the chart of the other
    return [chart(data, name, held[i] < 0 ? [i] : [i, held[i]], true)];
  });
  const others = [RATE, SECONDS, SPEED].map((name, i) =>
    chart(data, titles[name], [measures + i], name === RATE),
  );
  return html`<section aria-labelledby="curves"><h2 id="curves">Curves</h2>
<div class="charts">
${[...charts.slice(0, MOST), ...others]}
</div>
${table(data)}
</section>`;
}

const titles: Readonly<Record<string, string>> = {
  [RATE]: "learning rate, at the start of the epoch",
  [SECONDS]: "seconds an epoch, validation included",
  [SPEED]: "examples a second",
};

/** The script draws the series of these numbers here; who hears the page gets a sentence. */
function chart({ series }: PageData, title: string, which: readonly number[], mayBeWide: boolean): Html {
  const shown = which.map((i) => series[i]);
  const isWide = mayBeWide && spansDecades(shown);
  const caption = isWide ? `${title}, on a logarithmic scale` : title;
  return html`<figure><figcaption>${caption}</figcaption>
<div class="plot" data-lines="${which.join(" ")}" data-scale="${isWide ? "log" : "linear"}" role="img" aria-label="${caption}. ${shown.map(sentence).join("; ")}. All numbers stand in the table."></div></figure>
`;
}

/** Whether numbers are so far apart that the small ones would be a flat line. */
function spansDecades(series: readonly Series[]): boolean {
  const numbers = series.flatMap(({ values }) => values.filter((value) => value !== null));
  const least = Math.min(...numbers);
  return least > 0 && Math.max(...numbers) > 30 * least;
}

function sentence({ name, values }: Series): string {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return `${name}: no number`;
  const [least, largest] = [Math.min(...known), Math.max(...known)].map(numberText);
  return `${name}: from ${numberText(known[0])} to ${numberText(known.at(-1))}, least ${least}, largest ${largest}`;
}

function table({ x, fit, series }: PageData): Html {
  const fits = (fit.at(-1) ?? 0) > 0;
  return html`<details id="numbers"><summary>All numbers, epoch by epoch</summary>
<div class="scroll" tabindex="0" role="region" aria-label="All numbers, epoch by epoch"><table>
<thead><tr><th scope="col">epoch</th>${fits && html`<th scope="col">fit</th>`}${series.map(({ name }) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>
${x.map(
  (epoch, i) => html`<tr><th scope="row">${epoch}</th>${fits && html`<td>${fit[i] + 1}</td>`}${series.map(
    ({ values }) => html`<td>${numberText(values[i])}</td>`,
  )}</tr>
`,
)}</tbody></table></div></details>`;
}
