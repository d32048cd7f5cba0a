import {
  CELU,
  ELU,
  Elementwise,
  GELU,
  HardShrink,
  HardTanh,
  Softplus,
  SoftShrink,
  Squareplus,
  Threshold,
} from "chainrule";
import * as curves from "../../../src/kernels/curves.js";
import type { Block, Curve, Kernels } from "../../../src/kernels/kernels.js";
import { make } from "../../support/layer-laws.js";
import { layerClasses } from "../../support/subjects.js";
import { expectBits, expectEach, expectUlps, ulps } from "../compare.js";
import * as naive from "../naive.js";
import { manyNumbers, PLACES, type Places, roughNumbers, Workbench, wildNumbers } from "../workbench.js";
import { overSizes } from "./arithmetic.js";

/** A user's own curve: kernels that know it not must still call it. */
const custom: Curve = {
  f: (x, p) => x * x + p,
  df: (x, y, p) => 2 * x + y * p,
};

/** Curves without a transcendental function, which every kernel set computes to the last bit. */
const exact: Readonly<Record<string, Curve>> = { custom, relu: curves.relu, leakyRelu: curves.leakyRelu };

type Named = readonly [name: string, curve: Curve, parameter: number];

const smooth: readonly Named[] = Object.entries(curves)
  .filter(
    (entry): entry is [string, Curve] =>
      typeof entry[1] === "object" && !Object.values(exact).includes(entry[1]),
  )
  .map(([name, curve]) => [name, curve, 0.75]);

/** Those of the layers, with the parameters of each. */
const ofLayers: readonly Named[] = [
  ...layerClasses.map(make),
  ...[new GELU({ approximate: "tanh" }), new HardTanh({ min: -0.3, max: 7 }), new ELU({ alpha: -2 })],
  ...[new Threshold({ threshold: 0.4, value: -3 }), new Softplus({ beta: 20 }), new CELU({ alpha: 0.1 })],
  ...[new SoftShrink({ lambda: 0 }), new HardShrink({ lambda: 2 }), new Squareplus({ b: 1e-3 })],
]
  .filter((layer) => layer instanceof Elementwise)
  .map((layer) => {
    const { curve, parameter } = layer as unknown as { curve: Curve; parameter: number };
    return [String(layer), curve, parameter];
  });

const overLengths = (law: (length: number, places: Places) => void) => {
  for (const places of PLACES) for (const length of [0, 1, 3, 4, 7, 8, 16, 67]) law(length, places);
};

const row = ({ data, cols }: Block, r: number) => [...data.subarray(r * cols, (r + 1) * cols)];

/** y = f(x) and dx = dy ∘ f′(x, y), f and f′ rounded once; dx may be x, y or dy. */
export function exactCurvesLaw(kernels: Kernels): void {
  const round = naive.rounding(kernels.dtype);
  for (const [name, curve] of Object.entries(exact)) {
    const p = round(0.1);
    overSizes(([rows, cols], places) => {
      const bench = new Workbench(kernels, places);
      const make = (seed: number) => bench.matrix(rows, cols, wildNumbers(rows * cols, seed));
      const [x, y, dy] = [make(1), make(2), make(3)];
      kernels.map(curve, x, y, 0.1);
      const values = Array.from(x.data, (v) => round(curve.f(v, p)));
      expectBits(`${name} of [${rows} × ${cols}]`, y.data, values);
      const derivatives = Array.from(dy.data, (d, i) => {
        const slope = round(curve.df(x.data[i], y.data[i], p));
        return round(d * slope);
      });
      for (const into of ["dx", "x", "y", "dy"]) {
        const operands = { x: bench.copy(x), y: bench.copy(y), dy: bench.copy(dy), dx: make(4) };
        const dx = operands[into as "dx"];
        kernels.mapGradient(curve, operands.x, operands.y, operands.dy, dx, 0.1);
        expectBits(`${name}′ of [${rows} × ${cols}], into ${into}`, dx.data, derivatives);
      }
      kernels.map(curve, x, x, 0.1);
      expectBits(`${name} of [${rows} × ${cols}], into x`, x.data, values);
      bench.expectFrames();
    });
  }
}

/** The library's own curves, whose true values are golden numbers: within 2 units in the last place, 4 for f′. */
export function smoothCurvesLaw(kernels: Kernels): void {
  const { dtype } = kernels;
  const unit = dtype === "float64" ? 2 ** -52 : 2 ** -23;
  for (const [name, curve, parameter] of [...smooth, ...ofLayers]) {
    const p = naive.rounding(dtype)(parameter);
    overLengths((length, places) => {
      for (const numbers of [roughNumbers(length, 7), wildNumbers(length, 8)]) {
        const bench = new Workbench(kernels, places);
        const x = bench.matrix(1, length, numbers);
        const [y, dx] = [bench.copy(x), bench.copy(x)];
        const ones = bench.matrix(1, length, new Float64Array(length).fill(1));
        kernels.map(curve, x, y, p);
        const values = Array.from(x.data, (v) => curve.f(v, p));
        expectUlps(name, y.data, values, 2, dtype);
        kernels.mapGradient(curve, x, y, ones, dx, p);
        const derivatives = Array.from(x.data, (v, i) => curve.df(v, y.data[i], p));
        // Where parts of f′ cancel, the error is absolute.
        const near = (a: number, b: number) => ulps(a, b, dtype) <= 4 || Math.abs(a - b) <= unit;
        expectEach(`${name}′`, dx.data, derivatives, near);
        if (places === "both") return bench.expectFrames(); // what follows holds for the same loops alone
        const [again, slope] = [bench.copy(x), bench.copy(dx)];
        kernels.map(curve, again, again, p, slope);
        expectBits(`${name} beside f′, into x`, again.data, [...y.data]);
        expectBits(`${name}′ beside f`, slope.data, [...dx.data]);
        const dy = bench.matrix(1, length, wildNumbers(length, 9));
        const products = Array.from(dy.data, (d, i) => naive.rounding(dtype)(d * slope.data[i]));
        kernels.mapGradient(curve, x, y, dy, dy, p);
        expectBits(`dy ∘ ${name}′, into dy`, dy.data, products);
        bench.expectFrames();
      }
    });
    manyNumbersLaw(kernels, [name, curve, p]);
  }
}

/** Over all exponents: f within 3 units in the last place (Mish, which rounds once more, 4) or 2⁻¹²⁰, f′ within 4 or 2⁻²³. */
function manyNumbersLaw(kernels: Kernels, [name, curve, p]: Named): void {
  const round = naive.rounding(kernels.dtype);
  const bench = new Workbench(kernels, "kernels");
  const numbers = manyNumbers();
  const x = bench.matrix(1, numbers.length, numbers);
  const [y, dx] = [bench.copy(x), bench.copy(x)];
  const ones = bench.matrix(1, numbers.length, new Float64Array(numbers.length).fill(1));
  kernels.map(curve, x, y, p);
  kernels.mapGradient(curve, x, y, ones, dx, p);
  const within = (limit: number, least: number) => (a: number, b: number) =>
    Object.is(a, round(b)) || Math.abs(a - b) <= least || ulps(a, b, kernels.dtype) <= limit;
  const values = Array.from(x.data, (v) => curve.f(v, p));
  expectEach(`${name} of many numbers`, y.data, values, within(name === "Mish()" ? 4 : 3, 2 ** -120));
  const derivatives = Array.from(x.data, (v, i) => curve.df(v, y.data[i], p));
  expectEach(`${name}′ of many numbers`, dx.data, derivatives, within(4, 2 ** -23));
  bench.expectFrames();
}

/** Softmax of each row: the true shares to rounding, whatever the other rows hold, and no overflow. */
export function softmaxLaw(kernels: Kernels): void {
  const r = naive.rounding(kernels.dtype);
  const rtol = kernels.dtype === "float64" ? 1e-14 : 1e-6;
  overSizes(([rows, cols], places) => {
    const bench = new Workbench(kernels, places);
    const x = bench.matrix(rows, cols, roughNumbers(rows * cols, 1));
    const y = bench.matrix(rows, cols, roughNumbers(rows * cols, 2));
    kernels.softmax(x, y);
    for (let i = 0; i < rows; i++) {
      const near = (a: number, b: number) => Math.abs(a - b) <= rtol * b;
      expectEach(`softmax [${rows} × ${cols}]`, row(y, i), naive.softmax(r, row(x, i)), near);
      const alone = bench.matrix(1, cols, new Float64Array(cols));
      kernels.softmax(bench.copy(x.row(i)), alone);
      expectBits(`softmax of row ${i} of [${rows} × ${cols}]`, alone.data, row(y, i));
    }
    bench.expectFrames();
  });
  const extreme = (x: number[], wanted: number[]) => {
    const bench = new Workbench(kernels);
    // A row of ordinary numbers on both sides, which nothing may reach.
    const calm = x.map(() => 5);
    const y = bench.matrix(3, x.length, new Float64Array(3 * x.length));
    kernels.softmax(bench.matrix(3, x.length, [...calm, ...x, ...calm]), y);
    const even = x.map(() => r(1 / x.length));
    expectBits(`softmax of ${x}`, y.data, [...even, ...wanted, ...even]);
  };
  const nothing = Number.NaN;
  extreme([1000, -1000, 0], [1, 0, 0]);
  extreme([3e38, -3e38, 3e38, -Infinity], [0.5, 0, 0.5, 0]);
  extreme([-1000, -1000, -1000], [r(1 / 3), r(1 / 3), r(1 / 3)]);
  extreme([1, nothing, 2, 3, 4], [nothing, nothing, nothing, nothing, nothing]);
  extreme([1, Infinity, 2], [nothing, nothing, nothing]);
  extreme([-Infinity, -Infinity], [nothing, nothing]);
}

/** dx = y ∘ (dy − Σ dy ∘ y), the sum ascending. */
export function softmaxGradientLaw(kernels: Kernels): void {
  const r = naive.rounding(kernels.dtype);
  overSizes(([rows, cols], places) => {
    for (const numbers of [roughNumbers, wildNumbers]) {
      const bench = new Workbench(kernels, places);
      const make = (seed: number) => bench.matrix(rows, cols, numbers(rows * cols, seed));
      const [y, dy, dx] = [make(1), make(2), make(3)];
      kernels.softmaxGradient(y, dy, dx);
      const wanted = naive
        .grid(rows, 1, (i) => i)
        .flatMap((i) => naive.softmaxGradient(r, row(y, i), row(dy, i)));
      expectBits(`softmaxGradient [${rows} × ${cols}]`, dx.data, wanted);
      bench.expectFrames();
    }
  });
}
