import type { Findings, Mistake } from "./findings.js";
import { type Html, html } from "./html.js";
import { numberText, percentText } from "./number-text.js";
import { pictureOf } from "./picture.js";
import type { Report } from "./report.js";

/** Columns of a row that are shown. */
const COLUMNS = 12;

/** The rows with the largest losses: pictures, or their numbers; and for a regression how near it is. */
export function mistakesSection(report: Report): Html {
  const { findings } = report;
  if (findings === undefined) return html``;
  const { confusion, mistakes } = findings;
  const which =
    confusion === undefined
      ? "The rows with the largest losses"
      : "Rows of the wrong class, the largest losses first";
  return html`${nearness(findings)}<section aria-labelledby="mistakes"><h2 id="mistakes">Worst mistakes</h2>
${
  mistakes.length === 0
    ? html`<p>None: all ${findings.rows} rows are right.</p>`
    : html`<p>${which}, of ${findings.areAll ? "all" : "the first"} ${findings.rows}. Rows are counted from 0.</p>
${report.images === undefined ? rows(mistakes, report) : pictures(mistakes, report.images, report)}`
}
</section>`;
}

function nearness({ pairs }: Findings): Html {
  if (pairs.length === 0) return html``;
  return html`<section aria-labelledby="pairs"><h2 id="pairs">Predicted and wanted</h2>
<figure><figcaption>Each point is a row: the nearer to the line, the better</figcaption>
<div class="plot tall" data-pairs role="img" aria-label="Predictions against what was wanted, ${pairs.length} rows. The largest misses stand in the table of worst mistakes."></div></figure>
</section>`;
}

type Names = Pick<Report, "labels" | "inputs" | "findings">;

/** Classes by their names, numbers as they are. */
function said(values: readonly number[], { labels, findings }: Names): string {
  if (findings?.confusion !== undefined) return labels?.[values[0]] ?? String(values[0]);
  return values.map(numberText).join(", ");
}

function pictures(mistakes: readonly Mistake[], shape: readonly number[], names: Names): Html {
  const items = mistakes.map((mistake) => {
    const { height, width, channels, bytes } = pictureOf(mistake.input, shape);
    const [found, wanted] = [said(mistake.found, names), said(mistake.wanted, names)];
    const pixels = Buffer.from(bytes).toString("base64");
    return html`<li><canvas width="${width}" height="${height}" data-channels="${channels}" data-pixels="${pixels}" role="img" aria-label="Row ${mistake.row}: ${wanted}, taken for ${found}"></canvas>
<p>said <b>${found}</b>${chance(mistake, 0)}<br>is <b>${wanted}</b>${chance(mistake, 1)}<br><span class="note">row ${mistake.row}${mistake.loss !== undefined && html`, loss ${numberText(mistake.loss)}`}</span></p></li>
`;
  });
  return html`<ul class="pictures">
${items}</ul>`;
}

function rows(mistakes: readonly Mistake[], names: Names): Html {
  const columns = Math.min(COLUMNS, mistakes[0].input.length);
  const heads = Array.from({ length: columns }, (_, c) => names.inputs?.[c] ?? `x${c}`);
  const more = mistakes[0].input.length - columns;
  const body = mistakes.map(
    (
      mistake,
    ) => html`<tr><th scope="row">${mistake.row}</th><td>${said(mistake.found, names)}${chance(mistake, 0)}</td><td>${said(mistake.wanted, names)}${chance(mistake, 1)}</td><td>${numberText(mistake.loss)}</td>${heads.map((_, c) => html`<td>${numberText(mistake.input[c])}</td>`)}</tr>
`,
  );
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Worst mistakes"><table>
<thead><tr><th scope="col">row</th><th scope="col">predicted</th><th scope="col">wanted</th><th scope="col">loss</th>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>
${body}</tbody></table></div>
${more > 0 && html`<p class="note">The first ${columns} of ${columns + more} inputs are shown.</p>`}`;
}

const chance = ({ chances }: Mistake, which: 0 | 1): string =>
  chances === undefined ? "" : `, ${percentText(chances[which])}`;
