import type { Floats } from "../kernels/kernels.js";
import { norm } from "./norm.js";

/** n numbers of a matrix from `start` on. */
export interface Slice {
  readonly data: Floats;
  readonly start: number;
}

/** How far two vectors are from one direction. */
export interface Turn {
  /** 1 − cos(a, b) */
  readonly distance: number;
  /** ∂distance/∂a of number i. */
  slope(i: number): number;
}

/**
 * cos(a, b) = u·v with u = a / max(‖a‖, ε), v = b / max(‖b‖, ε). Of unit vectors 1 − u·v = ½·‖u − v‖², which keeps the
 * digits of a small angle; ∂/∂a = (u − v − (1 − u·v)·u) / ‖a‖.
 */
export function turnOf(a: Slice, b: Slice, n: number, epsilon: number): Turn {
  const at = (s: Slice) => (i: number) => s.data[s.start + i];
  const [x, y] = [at(a), at(b)];
  const [lengthA, lengthB] = [norm(n, 2, x), norm(n, 2, y)];
  const [divisorA, divisorB] = [Math.max(lengthA, epsilon), Math.max(lengthB, epsilon)];
  const short = lengthA < epsilon || lengthB < epsilon;
  let [dot, gap] = [0, 0];
  for (let i = 0; i < n; i++) {
    const [u, v] = [x(i) / divisorA, y(i) / divisorB];
    dot += u * v;
    gap += (u - v) * (u - v);
  }
  const distance = short ? 1 - dot : 0.5 * gap;
  return {
    distance,
    slope(i) {
      const [u, v] = [x(i) / divisorA, y(i) / divisorB];
      if (lengthA < epsilon) return -v / epsilon;
      return (short ? (1 - distance) * u - v : u - v - distance * u) / divisorA;
    },
  };
}
