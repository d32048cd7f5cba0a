import type { Matrix } from "chainrule";
import { EPOCHS, SIDE } from "./messages.js";

const orange = [240, 150, 60];
const blue = [70, 140, 230];

const contextOf = (canvas: HTMLCanvasElement) => {
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("This browser cannot draw.");
  return context;
};

/** What the network takes each place for, the paler the less sure, and the points on top. */
export function drawPlane(
  canvas: HTMLCanvasElement,
  points: { x: Matrix; y: Matrix },
  map?: Float32Array,
): void {
  const context = contextOf(canvas);
  const { width } = canvas;
  context.clearRect(0, 0, width, width);
  if (map !== undefined) {
    const image = new ImageData(SIDE, SIDE);
    for (const [i, share] of map.entries()) {
      const color = share > 0.5 ? blue : orange;
      image.data.set([...color, 255 * (0.08 + 0.8 * Math.abs(share - 0.5))], 4 * i);
    }
    const small = new OffscreenCanvas(SIDE, SIDE);
    small.getContext("2d")?.putImageData(image, 0, 0);
    context.drawImage(small, 0, 0, width, width);
  }
  for (let r = 0; r < points.x.rows; r++) {
    const [right, down] = [points.x.at(r, 0), -points.x.at(r, 1)].map((at) => (width * (at / 1.1 + 1)) / 2);
    context.beginPath();
    context.arc(right, down, 5, 0, 2 * Math.PI);
    context.fillStyle = `rgb(${points.y.at(r, 0) === 1 ? blue : orange})`;
    context.fill();
    context.lineWidth = 1.5;
    context.strokeStyle = "#fff";
    context.stroke();
  }
}

/** The loss of each epoch so far, from 0 at the bottom to 0.8 at the top. */
export function drawCurve(canvas: HTMLCanvasElement, losses: readonly number[]): void {
  const context = contextOf(canvas);
  const { width, height } = canvas;
  context.clearRect(0, 0, width, height);
  context.beginPath();
  for (const [epoch, loss] of losses.entries()) {
    context.lineTo((width * (epoch + 1)) / EPOCHS, height - 4 - ((height - 8) * Math.min(loss, 0.8)) / 0.8);
  }
  context.lineWidth = 3;
  context.lineJoin = "round";
  context.strokeStyle = `rgb(${blue})`;
  context.stroke();
}
