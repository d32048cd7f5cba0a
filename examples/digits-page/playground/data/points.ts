import { Random } from "chainrule";
import type { PlaneSettings, Points, Shape } from "./plane.js";

export const TRAIN = 300;
export const VALIDATION = 200;

/** How far full noise moves a point: the standard deviation. */
const FULL_NOISE = 0.2;

type Place = readonly [x: number, y: number];

/** A place of a class, from two uniform numbers. */
const places: Readonly<Record<Shape, (label: number, u: number, v: number) => Place>> = {
  circles: (label, u, v) => onCircle(label === 1 ? 0.45 * Math.sqrt(u) : 0.7 + 0.25 * u, v),
  // Blue where both coordinates have the same sign, with a lane along the axes.
  xor: (label, u, v) => {
    const [x, y] = [0.07 + 0.86 * u, 0.07 + 0.86 * Math.abs(2 * v - 1)];
    const side = v < 0.5 ? -1 : 1;
    return label === 1 ? [side * x, side * y] : [side * x, -side * y];
  },
  moons: (label, u) => {
    const [cos, sin] = [Math.cos(Math.PI * u), Math.sin(Math.PI * u)];
    const [x, y] = label === 1 ? [cos, sin - 0.25] : [1 - cos, 0.25 - sin];
    return [0.6 * (x - 0.5), 0.6 * y];
  },
  spiral: (label, u) => onCircle(0.06 + 0.86 * u, 0.875 * u + (label === 1 ? 0 : 0.5)),
};

function onCircle(radius: number, turn: number): Place {
  const angle = 2 * Math.PI * turn;
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
}

/** Points to learn from, and then others to measure on; blue and orange in turns. */
export function pointsOf({ shape, noise, pointSeed }: Omit<PlaneSettings, "features">): Points {
  const count = TRAIN + VALIDATION;
  const random = Random.fromSeed(pointSeed).child(shape);
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 2);
  const [x, y] = [new Float32Array(count), new Float32Array(count)];
  for (let i = 0; i < count; i++) {
    const place = places[shape](labels[i], random.uniform(0, 0, i), random.uniform(1, 0, i));
    x[i] = place[0] + FULL_NOISE * noise * random.normal(2, 0, i);
    y[i] = place[1] + FULL_NOISE * noise * random.normal(3, 0, i);
  }
  return { x, y, labels };
}
