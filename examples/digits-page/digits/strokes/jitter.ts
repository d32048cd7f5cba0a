import { Random } from "chainrule";
import type { StrokeSet } from "./index.js";
import type { Point } from "./path.js";

/** A set as another hand would write it on another day, and how thick the pen is beside the usual one. */
export interface Jittered extends StrokeSet {
  readonly pen: number;
}

const degrees = Math.PI / 180;

/** Turned by up to 10°, scaled by up to 12 % and sheared, moved on the paper, and drawn by a hand that trembles. */
export function jitter(set: StrokeSet, seed: number): Jittered {
  const random = Random.fromSeed(seed).child(`${set.digit} ${set.way}`);
  const within = (name: string, limit: number) => limit * (2 * random.child(name).uniform(0) - 1);

  const turn = within("turn", 10 * degrees);
  const [wide, high] = [1 + within("wide", 0.12), 1 + within("high", 0.12)];
  const shear = within("shear", 0.12);
  const [right, down] = [within("right", 0.06), within("down", 0.05)];
  const place = ({ x, y }: Point): Point => {
    const v = high * (y - 0.5);
    const u = wide * (x - 0.5) + shear * v;
    return {
      x: 0.5 + right + u * Math.cos(turn) - v * Math.sin(turn),
      y: 0.5 + down + u * Math.sin(turn) + v * Math.cos(turn),
    };
  };

  const strokes = set.strokes.map((stroke, nth) => {
    const sideways = tremble(random.child(`sideways ${nth}`), stroke.length);
    const upright = tremble(random.child(`upright ${nth}`), stroke.length);
    return stroke.map((point, i) => {
      const { x, y } = place(point);
      return { x: x + sideways[i], y: y + upright[i] };
    });
  });
  return { ...set, strokes, pen: 1 + within("pen", 0.25) };
}

/** A slow wander of the hand with a standard deviation of about 0.008: noise that keeps most of what it was. */
function tremble(random: Random, length: number): number[] {
  const [kept, size] = [0.85, 0.008];
  let last = size * random.normal(0);
  return Array.from({ length }, (_, i) => {
    last = kept * last + Math.sqrt(1 - kept * kept) * size * random.normal(i + 1);
    return last;
  });
}
