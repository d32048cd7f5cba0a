import type { Step } from "../step/step.js";
import type { Colours } from "./colours.js";
import type { Layout } from "./layout.js";

/** Writes above each column what it is. */
export function drawTitles(
  context: CanvasRenderingContext2D,
  { image, stages, down }: Layout,
  step: Step,
  { soft }: Colours,
): void {
  context.font = `13px ${getComputedStyle(context.canvas).fontFamily}`;
  context.fillStyle = soft;
  context.textAlign = "center";
  context.textBaseline = "alphabetic";
  const write = (text: string, x: number, y: number) => context.fillText(text, x, y);
  write("28 × 28 pixels", image.x + image.side / 2, image.y - 10);
  for (const [k, { x, y, radius }] of stages.entries()) {
    const { a, layers } = step.stages[k];
    const text =
      k === stages.length - 1 ? "10 digits" : `${a.length} units, ${layers.slice(1).join(", ") || "linear"}`;
    const top = y.reduce((least, value) => Math.min(least, value)) - radius;
    const middle = (x[0] + x[x.length - 1]) / 2;
    if (down) context.textAlign = "left";
    write(text, down ? 4 : middle, down ? top - 10 : Math.max(14, top - 12));
  }
}
