import type { Colours } from "../../think/draw/colours.js";
import { EXTENT, type Points } from "../data/plane.js";
import { contour } from "./contour.js";
import { drawMap } from "./map.js";

export interface PlaneDrawing {
  /** Numbers over the plane, from −1 to 1, side × side. */
  readonly values: Float32Array;
  readonly side: number;
  readonly points: Points;
  /** The first of the points that are only measured on, and whether they are drawn. */
  readonly from: number;
  readonly withOthers: boolean;
}

/** The answer to every place, the boundary between the answers, and the points that they are learned from. */
export function drawPlane(canvas: HTMLCanvasElement, drawing: PlaneDrawing, colours: Colours): void {
  const context = canvas.getContext("2d");
  if (context === null) return;
  const { values, side, points, from, withOthers } = drawing;
  const size = canvas.width;
  // Paler than the points, which would not be seen otherwise.
  drawMap(context, values, side, size, (value) => colours.signedRgb(0.4 * value));
  const cell = size / side;
  const unit = size / 320;
  context.beginPath();
  for (const [x1, y1, x2, y2] of contour(values, side, 0)) {
    context.moveTo((x1 + 0.5) * cell, (y1 + 0.5) * cell);
    context.lineTo((x2 + 0.5) * cell, (y2 + 0.5) * cell);
  }
  context.lineWidth = 1.5 * unit;
  context.strokeStyle = colours.ink;
  context.stroke();
  const count = withOthers ? points.labels.length : from;
  for (let i = 0; i < count; i++) {
    const own = points.labels[i] === 1 ? colours.plus : colours.minus;
    const isOther = i >= from;
    context.beginPath();
    context.arc(across(points.x[i], size), size - across(points.y[i], size), 3 * unit, 0, 2 * Math.PI);
    context.fillStyle = isOther ? colours.paper : own;
    context.strokeStyle = isOther ? own : colours.paper;
    context.lineWidth = unit;
    context.fill();
    context.stroke();
  }
}

const across = (place: number, size: number) => (size * (place / EXTENT + 1)) / 2;
