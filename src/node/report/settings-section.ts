import { type Html, html } from "./html.js";
import type { Report } from "./report.js";

/** What was trained, how, with what, and how to do it again. */
export function settingsSection({ about }: Report): Html {
  const where = about.isExact
    ? "They are the same bits on every machine."
    : 'They are the same bits on machines of this kind; after setNumerics("exact"), on every machine.';
  return html`<section aria-labelledby="model"><h2 id="model">Model</h2>
<div class="scroll" tabindex="0" role="region" aria-label="Layers of the model"><pre>${about.summary}</pre></div>
</section>
<section aria-labelledby="settings"><h2 id="settings">Settings</h2>
<dl class="settings">
${about.settings.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>\n`)}</dl>
</section>
<section aria-labelledby="again"><h2 id="again">How to get the same numbers</h2>
<p>The same program with the same seed, data, order of rows and version of chainrule gives the same numbers. ${where}</p>
<details id="program"><summary>The model as a program</summary>
<div class="scroll" tabindex="0" role="region" aria-label="The model as a program"><pre>${about.program}</pre></div></details>
</section>`;
}
