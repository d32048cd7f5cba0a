import { type DType, LBFGS, type LBFGSOptions, Random } from "chainrule";
import { describe, expect, it } from "vitest";
import { type Point, strongWolfe } from "../../src/optimizers/line-search.js";
import { quasiNewton } from "../../src/optimizers/two-loop.js";
import type { Parameter } from "../../src/parameter.js";
import { parameterOf, valuesOf } from "./support.js";

/** (1 − x)² + 100·(y − x²)², and its gradient. */
function rosenbrock([{ value, grad }]: readonly Parameter[]): number {
  const [x, y] = value.data;
  const e = y - x * x;
  grad.data.set([-2 * (1 - x) - 400 * x * e, 200 * e]);
  return (1 - x) * (1 - x) + 100 * e * e;
}

const curvatures = [1, 10, 100, 1000, 3, 30];
const centres = [1, -2, 3, -4, 0.5, 7];

/** ½·Σ a·(w − b)², over two parameters. */
function bowl(parameters: readonly Parameter[]): number {
  let [sum, k] = [0, 0];
  for (const { value, grad } of parameters) {
    for (let i = 0; i < value.data.length; i++, k++) {
      const e = value.data[i] - centres[k];
      grad.data[i] = curvatures[k] * e;
      sum += 0.5 * curvatures[k] * e * e;
    }
  }
  return sum;
}

function minimize(
  loss: (parameters: readonly Parameter[]) => number,
  parameters: readonly Parameter[],
  steps: number,
  options: LBFGSOptions = {},
): number[] {
  const optimizer = new LBFGS(options);
  return Array.from({ length: steps }, () => {
    const before = loss(parameters);
    optimizer.step(parameters, () => loss(parameters));
    return before;
  });
}

describe("LBFGS", () => {
  it.each([
    [-1.2, 1],
    [5, -3],
    [0, 0],
  ])("goes down Rosenbrock's valley from (%d, %d)", (x, y) => {
    const w = [parameterOf([x, y])];
    const losses = minimize(rosenbrock, w, 60);
    expect(losses.every((loss, i) => i === 0 || loss <= losses[i - 1])).toBe(true);
    expect(w[0].value.data[0]).toBeCloseTo(1, 8);
    expect(w[0].value.data[1]).toBeCloseTo(1, 8);
  });

  it("does so in float32 as far as its digits go", () => {
    const w = [parameterOf([-1.2, 1], "w", "float32" satisfies DType)];
    minimize(rosenbrock, w, 80);
    expect(w[0].value.data[0]).toBeCloseTo(1, 2);
  });

  it("finds the bottom of a bowl, with decay too", () => {
    const plain = [parameterOf([0, 0, 0], "a"), parameterOf([0, 0, 0], "b")];
    minimize(bowl, plain, 40);
    for (const [i, w] of valuesOf(plain).flat().entries()) expect(w).toBeCloseTo(centres[i], 7);
    const decayed = [parameterOf([0, 0, 0], "a"), parameterOf([0, 0, 0], "b")];
    minimize(bowl, decayed, 300, { weightDecay: 2, history: 3 });
    for (const [i, w] of valuesOf(decayed).flat().entries()) {
      expect(w).toBeCloseTo((curvatures[i] * centres[i]) / (curvatures[i] + 2), 6);
    }
  });

  it("rests at a minimum", () => {
    const w = [parameterOf([1, 1])];
    minimize(rosenbrock, w, 3);
    expect(valuesOf(w)).toEqual([[1, 1]]);
  });

  it("passes frozen parameters by", () => {
    const parameters = [parameterOf([0, 0, 0], "a"), parameterOf([0, 0, 0], "b")];
    parameters[0].trainable = false;
    minimize(bowl, parameters, 30);
    expect(valuesOf(parameters)[0]).toEqual([0, 0, 0]);
    for (const [i, w] of valuesOf(parameters)[1].entries()) expect(w).toBeCloseTo(centres[3 + i], 7);
  });

  it("forgets the curvature when others are trained than before", () => {
    const parameters = [parameterOf([0, 0, 0], "a"), parameterOf([0, 0, 0], "b")];
    const optimizer = new LBFGS();
    const pairsAfter = (steps: number) => {
      for (let i = 0; i < steps; i++) {
        bowl(parameters);
        optimizer.step(parameters, () => bowl(parameters));
      }
      return optimizer.scalars.pairs;
    };
    expect(pairsAfter(3)).toBe(2);
    parameters[0].trainable = false;
    expect(pairsAfter(1)).toBe(0);
    expect(pairsAfter(3)).toBe(3);
    parameters[0].trainable = true;
    const [a, b] = valuesOf(parameters);
    const fresh = [parameterOf(a, "a"), parameterOf(b, "b")];
    expect(pairsAfter(1)).toBe(0);
    pairsAfter(5);
    minimize(bowl, fresh, 6);
    expect(valuesOf(parameters)).toEqual(valuesOf(fresh));
  });

  it("goes on from its state to the same bits", () => {
    const [first, second] = [new LBFGS({ history: 2 }), new LBFGS({ history: 2 })];
    const [mine, theirs] = [[parameterOf([-1.2, 1])], [parameterOf([0, 0])]];
    const run = (optimizer: LBFGS, w: readonly Parameter[]) => {
      rosenbrock(w);
      optimizer.step(w, () => rosenbrock(w));
    };
    for (let i = 0; i < 5; i++) run(first, mine);
    second.scalars = { ...first.scalars };
    theirs[0].value.data.set(mine[0].value.data);
    for (const name of first.slotNames(mine[0])) {
      second.slot(theirs[0], name).data.set(first.slot(mine[0], name).data);
    }
    for (let i = 0; i < 5; i++) {
      run(first, mine);
      run(second, theirs);
    }
    expect(valuesOf(theirs)).toEqual(valuesOf(mine));
    expect(first.slotNames(mine[0])).toEqual(["step", "gradient", "s0", "y0", "s1", "y1"]);
  });

  it("needs a closure for its line search, and gradients as they are", () => {
    expect(() => new LBFGS().step([parameterOf([1])])).toThrow(
      /LBFGS expects a closure .* but got none\. Call step/,
    );
    for (const options of [{ clipValue: 1 }, { clipNorm: 1 }, { globalClipNorm: 1 }, { accumulate: 2 }]) {
      expect(() => new LBFGS(options)).toThrow(/LBFGS expects a line search on the gradients as they are/);
      expect(() => new LBFGS({ ...options, lineSearch: "none" })).not.toThrow();
    }
    expect(new LBFGS().batches).toBe("full");
  });
});

describe("the two loops", () => {
  it("are −H·g, with H by the updates of BFGS written out", () => {
    const random = Random.fromSeed(8);
    const vector = (k: number) => Float64Array.from({ length: 3 }, (_, i) => random.normal(i, k));
    const pairs = [0, 1, 2].map((k) => {
      const s = vector(k);
      return { s, y: s.map((x, i) => x * (i + 1) + 0.1 * s[(i + 1) % 3]) };
    });
    const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, x, i) => sum + x * b[i], 0);
    const at = (f: (r: number, c: number) => number) => [0, 1, 2].map((r) => [0, 1, 2].map((c) => f(r, c)));
    const times = (a: number[][], b: number[][]) =>
      at((r, c) => a[r].reduce((sum, x, k) => sum + x * b[k][c], 0));
    const last = pairs[2];
    let h = at((r, c) => (r === c ? dot(last.s, last.y) / dot(last.y, last.y) : 0));
    for (const { s, y } of pairs) {
      const rho = 1 / dot(s, y);
      const left = at((r, c) => (r === c ? 1 : 0) - rho * s[r] * y[c]);
      const right = at((r, c) => left[c][r]);
      const middle = times(times(left, h), right);
      h = at((r, c) => middle[r][c] + rho * s[r] * s[c]);
    }
    const g = vector(9);
    const d = quasiNewton(g, pairs);
    for (let r = 0; r < 3; r++) expect(d[r]).toBeCloseTo(-dot(Float64Array.from(h[r]), g), 12);
    expect(quasiNewton(g, [])).toEqual(g.map((x) => -x));
  });
});

describe("strongWolfe", () => {
  /** Functions that J. Moré and D. Thuente, 1994, measure line searches by, and one that ends at t = 3. */
  const curves: Record<string, (t: number) => [number, number]> = {
    "one dip": (t) => [-t / (t * t + 2), (t * t - 2) / ((t * t + 2) * (t * t + 2))],
    "flat, then steep": (t) => {
      const u = t + 0.004;
      return [u ** 5 - 2 * u ** 4, 5 * u ** 4 - 8 * u ** 3];
    },
    bowl: (t) => [(t - 2) * (t - 2), 2 * (t - 2)],
    "a wall": (t) => (t < 3 ? [-Math.log(3 - t) - 2 * t, 1 / (3 - t) - 2] : [Number.NaN, Number.NaN]),
  };
  const firsts = [1e-3, 0.1, 1, 10, 1e3];

  it.each(Object.keys(curves).flatMap((name) => firsts.map((first) => [name, first] as const)))(
    "keeps its conditions on %s from %d",
    (name, first) => {
      const phi = (t: number): Point => {
        const [loss, slope] = curves[name](t);
        return { t, loss, slope };
      };
      const start = phi(0);
      const end = strongWolfe(phi, start, first);
      expect(end.t).toBeGreaterThan(0);
      expect(end.loss).toBeLessThanOrEqual(start.loss + 1e-4 * end.t * start.slope);
      expect(Math.abs(end.slope)).toBeLessThanOrEqual(0.9 * Math.abs(start.slope));
    },
  );

  it("stays at 0 where everything else is higher", () => {
    const phi = (t: number): Point => ({ t, loss: t, slope: -1 });
    expect(strongWolfe(phi, phi(0), 1).t).toBe(0);
  });
});
