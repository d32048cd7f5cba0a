import { colors, drawing, text } from "./drawing.js";
import { descent, slope } from "./line-to-find.js";

const [left, right] = [
  { left: 60, top: 60, width: 290, height: 240 },
  { left: 430, top: 60, width: 290, height: 240 },
];

/** Batch gradient descent on two weights: a good rate, and one that is too large. */
export async function batchDescent(): Promise<string> {
  const [good, large] = [await descent("full", 0.3, 25), await descent("full", 0.545, 25)];
  return drawing(750, 370, "Batch gradient descent on the slope of the loss, with two learning rates", [
    ...slope(left, good, colors[0]),
    ...slope(right, large, colors[1]),
    text(205, 28, "25 steps, learning rate 0.3", { anchor: "middle", bold: true }),
    text(575, 28, "25 steps, learning rate 0.545", { anchor: "middle", bold: true }),
  ]);
}

/** The same slope: one step an epoch on all rows, and one step a row. */
export async function stochasticDescent(): Promise<string> {
  const [batch, stochastic] = [await descent("full", 0.3, 3), await descent(1, 0.05, 3)];
  return drawing(750, 370, "Three epochs of batch and of stochastic gradient descent on the same slope", [
    ...slope(left, batch, colors[0]),
    ...slope(right, stochastic, colors[1]),
    text(205, 28, "batch: 3 epochs, 3 steps", { anchor: "middle", bold: true }),
    text(575, 28, "stochastic: 3 epochs, 120 steps", { anchor: "middle", bold: true }),
  ]);
}
