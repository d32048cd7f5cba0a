import type { Confusion } from "./findings.js";
import { type Html, html } from "./html.js";
import { percentText } from "./number-text.js";
import type { Report } from "./report.js";

/** More classes than this are no table to look at: the pairs that are confused most are listed. */
const MOST = 40;
const PAIRS = 25;

/** How often which class was taken for which. */
export function confusionSection({ findings, labels }: Report): Html {
  const confusion = findings?.confusion;
  if (findings === undefined || confusion === undefined) return html``;
  const { classes, counts } = confusion;
  const name = (c: number) => labels?.[c] ?? String(c);
  const right = [...counts].reduce((sum, [at, n]) => (at % (classes + 1) === 0 ? sum + n : sum), 0);
  const what = findings.areAll ? `${findings.rows} rows` : `the first ${findings.rows} rows`;
  return html`<section aria-labelledby="confusion"><h2 id="confusion">Confusion matrix</h2>
<p>${right} of ${what} are right, ${percent(right, findings.rows)}. A row is what they are, a column what they were taken for.</p>
${classes > MOST ? confusedMost(confusion, name) : matrix(confusion, name)}
</section>`;
}

function matrix({ classes, counts: pairs }: Confusion, name: (c: number) => string): Html {
  const each = Array.from({ length: classes }, (_, c) => c);
  const counts = each.map((i) => each.map((j) => pairs.get(i * classes + j) ?? 0));
  const columns = counts.map((_, j) => counts.reduce((sum, row) => sum + row[j], 0));
  const rows = counts.map((row, i) => {
    const total = row.reduce((sum, n) => sum + n, 0);
    const cells = row.map((n, j) => html`<td class="${shade(n, total, i === j)}">${n}</td>`);
    return html`<tr><th scope="row">${name(i)}</th>${cells}<td class="sum">${percent(row[i], total)}</td></tr>\n`;
  });
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Confusion matrix"><table class="confusion">
<thead><tr><td></td>${counts.map((_, j) => html`<th scope="col">${name(j)}</th>`)}<th scope="col">recall</th></tr></thead>
<tbody>
${rows}</tbody>
<tfoot><tr><th scope="row">precision</th>${counts.map((row, j) => html`<td class="sum">${percent(row[j], columns[j])}</td>`)}<td></td></tr></tfoot>
</table></div>`;
}

function confusedMost({ classes, counts }: Confusion, name: (c: number) => string): Html {
  const pairs = [...counts].map(([at, n]) => ({ i: Math.floor(at / classes), j: at % classes, n }));
  const worst = pairs.filter(({ i, j }) => i !== j).sort((a, b) => b.n - a.n || a.i - b.i || a.j - b.j);
  return html`<p class="note">There are ${classes} classes. These are confused most.</p>
<div class="scroll" tabindex="0" role="region" aria-label="Pairs that are confused most"><table>
<thead><tr><th scope="col">they are</th><th scope="col">and were taken for</th><th scope="col">rows</th></tr></thead>
<tbody>
${worst.slice(0, PAIRS).map(({ i, j, n }) => html`<tr><th scope="row">${name(i)}</th><td>${name(j)}</td><td>${n}</td></tr>\n`)}</tbody></table></div>`;
}

/** One of eleven shades, by the share of the row; even a single mistake is to be seen. */
function shade(n: number, total: number, isRight: boolean): string {
  const share = total === 0 ? 0 : n / total;
  const step = n === 0 ? 0 : Math.min(10, Math.max(1, Math.round(10 * (isRight ? share : Math.sqrt(share)))));
  return `${isRight ? "right" : "wrong"} shade-${step}`;
}

const percent = (n: number, of: number): string => percentText(of === 0 ? Number.NaN : n / of);
