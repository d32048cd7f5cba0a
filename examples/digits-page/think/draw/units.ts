import type { Floats } from "chainrule";
import { type Colours, largest } from "./colours.js";
import type { Units } from "./layout.js";

/** What the units of a stage show. */
export interface UnitStyle {
  /** How bright the activations are, from 0 to 1. */
  readonly lit: number;
  /** ∂L/∂z, as a ring around each unit, and how bright it is. */
  readonly ring?: { readonly values: Floats; readonly strength: number };
}

/** Draws units as discs: the colour is the activation's sign and share of the layer's largest. */
export function drawUnits(
  context: CanvasRenderingContext2D,
  { x, y, radius }: Units,
  activations: Floats,
  colours: Colours,
  { lit, ring }: UnitStyle,
): void {
  const most = largest(activations);
  const steepest = ring === undefined ? 1 : largest(ring.values);
  for (let i = 0; i < activations.length; i++) {
    disc(context, x[i], y[i], radius);
    context.fillStyle = colours.signed((lit * activations[i]) / most);
    context.fill();
    context.lineWidth = 1;
    context.strokeStyle = colours.line;
    context.stroke();
    if (ring === undefined || ring.strength === 0) continue;
    const share = ring.values[i] / steepest;
    if (Math.abs(share) < 0.02) continue;
    context.save();
    context.globalAlpha = ring.strength;
    context.strokeStyle = colours.signed(Math.sign(share) * (0.25 + 0.75 * Math.abs(share)));
    context.lineWidth = Math.max(1.5, radius * 0.45) * (0.4 + 0.6 * Math.abs(share));
    disc(context, x[i], y[i], radius + context.lineWidth / 2);
    context.stroke();
    context.restore();
  }
}

/** Marks the unit that is looked at. */
export function drawMark(
  context: CanvasRenderingContext2D,
  { x, y, radius }: Units,
  unit: number,
  { ink, paper }: Colours,
): void {
  for (const [colour, width] of [
    [paper, 5],
    [ink, 2],
  ] as const) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    disc(context, x[unit], y[unit], radius + 3);
    context.stroke();
  }
}

function disc(context: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
}
