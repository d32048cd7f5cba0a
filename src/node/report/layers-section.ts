import type { Histogram } from "./histogram.js";
import { type Html, html } from "./html.js";
import { numberText } from "./number-text.js";
import type { PageData } from "./page-data.js";
import type { Report } from "./report.js";

/** Epochs of each parameter in the table, at most. */
const MOST = 8;

/** The histograms of each parameter, and of its gradient, over the epochs. */
export function layersSection({ data, about }: Report): Html {
  const { parameters, histograms } = data;
  if (parameters.length === 0 || histograms.length === 0) return html``;
  const left = Object.keys(about.places).length - parameters.length;
  const charts = parameters.map((name, p) => {
    const place = about.places[name];
    const hasGradient = histograms.some(({ gradients }) => gradients[p] !== null);
    return html`<h3>${name}${place !== undefined && html` <span class="note">${place}</span>`}</h3>
<div class="charts">
${chart(`${name}: weights`, p, "weights", data)}
${hasGradient && chart(`${name}: gradient of the epoch's last step`, p, "gradients", data)}
</div>
`;
  });
  return html`<section aria-labelledby="layers"><h2 id="layers">Weights and gradients</h2>
<p>How the numbers of each parameter are spread, epoch by epoch: the stronger the colour, the more numbers have that value.${left > 0 && ` The first ${parameters.length} parameters are shown, ${left} are not.`}</p>
${charts}
${table(data)}
</section>`;
}

type Kind = "weights" | "gradients";

function chart(title: string, p: number, kind: Kind, { histograms }: PageData): Html {
  const last = histograms.at(-1)?.[kind][p];
  return html`<figure><figcaption>${title}</figcaption>
<div class="plot" data-heat="${p} ${kind}" role="img" aria-label="${title}, epoch by epoch. ${last ? `In the last, ${spread(last)}.` : ""} More numbers stand in the table."></div></figure>`;
}

const spread = ({ mean, deviation, least, largest }: Histogram): string =>
  `mean ${numberText(mean)}, deviation ${numberText(deviation)}, least ${numberText(least)}, largest ${numberText(largest)}`;

function table({ parameters, histograms }: PageData): Html {
  const stride = Math.ceil(histograms.length / MOST);
  const shown = histograms.filter((_, i) => i % stride === 0 || i === histograms.length - 1);
  const kinds: readonly Kind[] = ["weights", "gradients"];
  const rows = parameters.flatMap((name, p) =>
    kinds.flatMap((kind) =>
      shown.flatMap(({ x, [kind]: all }) => {
        const one = all[p];
        if (one === null || one === undefined) return [];
        const numbers = [one.mean, one.deviation, one.least, one.largest];
        return [
          html`<tr><th scope="row">${name}</th><td>${kind === "weights" ? "weights" : "gradient"}</td><td>${x}</td>${numbers.map((n) => html`<td>${numberText(n)}</td>`)}</tr>\n`,
        ];
      }),
    ),
  );
  const heads = ["parameter", "of", "epoch", "mean", "deviation", "least", "largest"];
  return html`<details id="spreads"><summary>Weights and gradients as a table</summary>
<div class="scroll" tabindex="0" role="region" aria-label="Weights and gradients"><table>
<thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>
${rows}</tbody></table></div></details>`;
}
