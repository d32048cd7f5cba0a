import { createHash } from "node:crypto";
import { reportScript, reportStyle } from "../generated/report-page.js";
import { confusionSection } from "./confusion-section.js";
import { curvesSection } from "./curves-section.js";
import { headSection } from "./head-section.js";
import { dataBlock, Html, html } from "./html.js";
import { layersSection } from "./layers-section.js";
import { mistakesSection } from "./mistakes-section.js";
import type { Report } from "./report.js";
import { settingsSection } from "./settings-section.js";

/** The block of a page that holds its data. */
export const DATA = "report-data";

const hashOf = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** Nothing is loaded, and nothing runs but the script of the report itself. */
export const policy = [
  "default-src 'none'",
  `script-src ${hashOf(reportScript)}`,
  `style-src ${hashOf(reportStyle)}`,
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** The whole page, in one piece. */
export function pageOf(report: Report): string {
  const sections = [
    headSection(report),
    curvesSection(report),
    confusionSection(report),
    mistakesSection(report),
    layersSection(report),
    settingsSection(report),
  ];
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="chainrule">
<title>${report.title}</title>
<link rel="icon" href="data:,">
<style>${new Html(reportStyle)}</style>
</head>
<body>
<main>
${sections}
</main>
<noscript><p class="note">The charts are drawn by a script; their numbers stand in the tables.</p></noscript>
${dataBlock(DATA, report.data)}
<script>${new Html(reportScript)}</script>
</body>
</html>
`.text;
}
