import { percent } from "../format.js";
import type { Step } from "../step/step.js";
import type { Colours } from "./colours.js";
import type { Layout } from "./layout.js";

/** Draws the ten digits beside the output units, and their probabilities as bars; the true label has a flag. */
export function drawOutputs(
  context: CanvasRenderingContext2D,
  { stages, bar, down }: Layout,
  { probabilities, winner, label }: Step,
  colours: Colours,
  grown: number,
  withLabel: number,
): void {
  const { x, y, radius } = stages[stages.length - 1];
  const font = getComputedStyle(context.canvas).fontFamily;
  context.textBaseline = "middle";
  context.textAlign = "center";
  for (let digit = 0; digit < 10; digit++) {
    const wins = digit === winner && grown === 1;
    const name = down ? [x[digit], y[digit] + radius + 16] : [x[digit] + radius + 16, y[digit]];
    context.font = `${wins ? 700 : 400} ${wins ? 19 : 15}px ${font}`;
    context.fillStyle = wins || grown < 1 ? colours.ink : colours.soft;
    context.fillText(String(digit), name[0], name[1]);

    const share = probabilities[digit] * grown;
    const fill = (length: number) =>
      down
        ? context.fillRect(x[digit] - 8, name[1] + 14, 16, length)
        : context.fillRect(name[0] + 14, y[digit] - 8, length, 16);
    context.fillStyle = colours.zero;
    fill(bar);
    context.fillStyle = wins ? colours.accent : colours.soft;
    fill(Math.max(1, share * bar));
    if (!down && share > 0.0005) {
      const inside = share > 0.4;
      context.font = `12px ${font}`;
      context.textAlign = inside ? "right" : "left";
      context.fillStyle = inside ? colours.paper : colours.ink;
      context.fillText(percent(share), name[0] + 14 + share * bar + (inside ? -6 : 6), y[digit] + 1);
      context.textAlign = "center";
    }

    if (digit === label && withLabel > 0) {
      context.globalAlpha = withLabel;
      context.strokeStyle = colours.ink;
      context.lineWidth = 2;
      // Where the bar of a sure and right network would end.
      if (down) context.strokeRect(x[digit] - 10, name[1] + 12, 20, bar + 4);
      else context.strokeRect(name[0] + 12, y[digit] - 10, bar + 4, 20);
      context.globalAlpha = 1;
    }
  }
}
