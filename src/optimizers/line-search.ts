/** A point on the line: how far along it is, the loss there, and its derivative along the line. */
export interface Point {
  readonly t: number;
  readonly loss: number;
  readonly slope: number;
}

/** Sufficient decrease, and how flat the end must be: the usual numbers for quasi-Newton steps. */
const DECREASE = 1e-4;
const CURVATURE = 0.9;
const TRIALS = 25;

/**
 * A step t along a line with **φ(t) ≤ φ(0) + 10⁻⁴·t·φ′(0)** and **|φ′(t)| ≤ 0.9·|φ′(0)|** (the strong Wolfe conditions),
 * from the first trial `first`. If 50 trials find none, the best of them that keeps the first condition; else t = 0.
 * J. Nocedal and S. Wright, "Numerical Optimization", 2006, algorithms 3.5 and 3.6.
 */
export function strongWolfe(phi: (t: number) => Point, start: Point, first: number): Point {
  const descends = ({ t, loss }: Point) => loss <= start.loss + DECREASE * t * start.slope; // false for NaN
  const isFlat = ({ slope }: Point) => Math.abs(slope) <= -CURVATURE * start.slope;

  /** Between two points that have a fit one between them; `low` is the lower, and descends. */
  const zoom = (low: Point, high: Point): Point => {
    for (let i = 0; i < TRIALS; i++) {
      const at = phi(between(low, high));
      if (at.t === low.t || at.t === high.t) break;
      if (!descends(at) || at.loss >= low.loss) {
        high = at;
        continue;
      }
      if (isFlat(at)) return at;
      if (at.slope * (high.t - low.t) >= 0) high = low;
      low = at;
    }
    return low;
  };

  let last = start;
  let t = first;
  for (let i = 0; i < TRIALS; i++) {
    const at = phi(t);
    if (!descends(at) || (i > 0 && at.loss >= last.loss)) return zoom(last, at);
    if (isFlat(at)) return at;
    if (at.slope >= 0) return zoom(at, last);
    last = at;
    t *= 2;
  }
  return last;
}

/** Where the cubic through both points is lowest, but well inside; half-way if it says nothing. */
function between(a: Point, b: Point): number {
  const d1 = a.slope + b.slope - (3 * (a.loss - b.loss)) / (a.t - b.t);
  const d2 = Math.sign(b.t - a.t) * Math.sqrt(d1 * d1 - a.slope * b.slope);
  const t = b.t - ((b.t - a.t) * (b.slope + d2 - d1)) / (b.slope - a.slope + 2 * d2);
  const margin = 0.1 * Math.abs(b.t - a.t);
  const [low, high] = [Math.min(a.t, b.t) + margin, Math.max(a.t, b.t) - margin];
  return Number.isFinite(t) ? Math.min(Math.max(t, low), high) : (a.t + b.t) / 2;
}
