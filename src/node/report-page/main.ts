import type { PageData } from "../report/page-data.js";
import { drawHeat } from "./heat.js";
import { drawLines } from "./lines.js";
import { watchTraining } from "./live.js";
import { drawPairs } from "./pairs.js";
import { drawPictures } from "./pictures.js";
import { colours, isNarrow } from "./theme.js";

const data = JSON.parse(document.getElementById("report-data")?.textContent ?? "") as PageData;
const plots: { destroy(): void }[] = [];
let drawnWidth = 0;

/** All charts, in the colours and the width of now. */
function draw(): void {
  for (const plot of plots.splice(0)) plot.destroy();
  drawnWidth = document.documentElement.clientWidth;
  const look = colours();
  for (const at of document.querySelectorAll<HTMLElement>(".plot")) {
    const { lines, heat, scale } = at.dataset;
    const size = { width: Math.max(200, at.clientWidth), height: isNarrow() ? 180 : 220 };
    if (lines !== undefined) {
      const which = lines.split(" ").map(Number);
      plots.push(drawLines(at, data, which, size, look, scale === "log"));
    } else if (heat !== undefined) {
      const [parameter, kind] = heat.split(" ");
      plots.push(drawHeat(at, data, Number(parameter), kind as "weights" | "gradients", size, look));
    } else plots.push(drawPairs(at, data.pairs, { ...size, height: 1.5 * size.height }, look));
  }
  document.documentElement.dataset.drawn = String(plots.length);
}

drawPictures();
draw();
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
matchMedia("print").addEventListener("change", draw);
let waiting: number | undefined;
addEventListener("resize", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => document.documentElement.clientWidth !== drawnWidth && draw(), 150);
});
if (data.isRunning) watchTraining();
