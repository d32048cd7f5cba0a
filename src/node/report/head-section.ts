import { namesOf, speedOf } from "./entries.js";
import { type Html, html } from "./html.js";
import { numberText, secondsText } from "./number-text.js";
import type { Report } from "./report.js";

/** The name of the report, how training stands, and the numbers that are asked for first. */
export function headSection({ title, state, written, entries }: Report): Html {
  const last = entries.at(-1);
  const names = namesOf(entries);
  const time = entries.reduce((sum, { seconds = 0 }) => sum + seconds, 0);
  const speeds = entries.map(speedOf).filter((speed) => speed !== undefined);
  const speed = speeds.sort((a, b) => a - b)[speeds.length >> 1];
  return html`<header>
<h1>${title}</h1>
<p class="state ${state.name}"><span class="pill">${stateText(state, last?.x ?? 0)}</span>
<span class="note">written <time datetime="${written.toISOString()}">${written.toISOString().slice(0, 19).replace("T", " ")} UTC</time></span>
${state.name === "running" && html`<label class="live"><input type="checkbox" id="live" checked> look again every 5 s</label>`}</p>
${state.name === "failed" && html`<p class="why" role="alert">${state.why}</p>`}
<dl class="tiles">
${last && names.slice(0, 6).map((name) => tile(name, numberText(last.logs[name])))}
${tile("epochs", String(entries.length))}
${tile("time", secondsText(time))}
${speed !== undefined && tile("examples/s", numberText(speed))}
</dl>
</header>`;
}

function stateText(state: Report["state"], at: number): string {
  if (state.name === "running") return `training, ${at} of ${state.epochs} epochs`;
  if (state.name === "stopped") return `stopped early, after ${at} of ${state.epochs} epochs`;
  return state.name === "failed" ? `ended by an error after ${at} epochs` : "finished";
}

const tile = (name: string, value: string): Html => html`<div><dt>${name}</dt><dd>${value}</dd></div>\n`;
