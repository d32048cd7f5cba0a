import { type Colours, largest } from "../../think/draw/colours.js";
import type { Ends } from "./ends.js";

/** A line for each weight, as thick as it is large, in the colour of its sign. */
export function drawEdges(
  canvas: HTMLCanvasElement,
  columns: readonly (readonly Ends[])[],
  weights: readonly Float32Array[],
  colours: Colours,
  marked: { readonly column: number; readonly unit: number } | undefined,
): void {
  const context = canvas.getContext("2d");
  if (context === null) return;
  const ratio = canvas.width / (canvas.clientWidth || canvas.width);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, canvas.width, canvas.height);
  for (const [column, matrix] of weights.entries()) {
    const [from, to] = [columns[column], columns[column + 1]];
    // While a network is made anew, what is drawn and what is known of it may differ for a moment.
    if (from === undefined || to === undefined || matrix.length !== from.length * to.length) return;
    const most = largest(matrix);
    for (const [i, a] of from.entries()) {
      for (const [j, b] of to.entries()) {
        const share = matrix[i * to.length + j] / most;
        const touches =
          (marked?.column === column && marked.unit === i) ||
          (marked?.column === column + 1 && marked.unit === j);
        context.globalAlpha = touches
          ? 1
          : (marked === undefined ? 1 : 0.35) * (0.15 + 0.7 * Math.abs(share));
        context.strokeStyle = share < 0 ? colours.minus : colours.plus;
        context.lineWidth = 0.4 + 4 * Math.abs(share);
        const middle = (a.right + b.left) / 2;
        context.beginPath();
        context.moveTo(a.right, a.y);
        context.bezierCurveTo(middle, a.y, middle, b.y, b.left, b.y);
        context.stroke();
      }
    }
  }
  context.globalAlpha = 1;
}
