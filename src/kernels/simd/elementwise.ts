import { fail, size } from "../../errors.js";
import * as curves from "../curves.js";
import type { Block, Curve, Kernels } from "../kernels.js";
import type { ModelMemory } from "../memory/model-memory.js";
import { expectSame, expectSize } from "../sizes.js";
import { loopChunks, loopInChunks } from "./parallel.js";

/** The numbers by which assembly/curves.ts knows the curves. */
const curveNumbers: ReadonlyMap<Curve, number> = /* @__PURE__ */ new Map([
  [curves.relu, 0],
  [curves.leakyRelu, 1],
]);

/** The numbers by which assembly/elementwise.ts knows the operations. */
const operations = { add: 0, subtract: 1, multiply: 2, divide: 3 } as const;
type Operation = keyof typeof operations;

/** Not in this memory. */
const ELSEWHERE = -1;

/** Loops over numbers in this memory; for numbers elsewhere a copy would cost more than the portable loop. */
export function elementwise(memory: ModelMemory, portable: Kernels): Partial<Kernels> {
  const at = ({ storage }: Block): number =>
    storage !== undefined && storage.memory === memory ? (storage.address as number) : ELSEWHERE;

  const combine = (name: Operation) => (a: Block, b: Block | number, y: Block) => {
    const kernels = memory.exports;
    const from = at(a);
    const to = at(y);
    if (kernels === undefined || from < 0 || to < 0) return portable[name](a, b, y);
    expectSame(name, a, y);
    const { rows, cols } = a;
    if (typeof b === "number") {
      const chunks = loopChunks(memory, rows * cols);
      if (chunks === 1) return kernels.combineNumber(operations[name], from, b, to, rows * cols);
      const values = [operations[name], from, b, to, rows * cols];
      return loopInChunks(kernels, "combineNumber", chunks, values, [1, 3], 4);
    }
    const by = at(b);
    if (by < 0) return portable[name](a, b, y);
    if (b.cols !== cols || (b.rows !== rows && b.rows !== 1)) {
      fail(name, `a ${size(a)} matrix, one row [1 × ${cols}], or a number`, size(b));
    }
    if (b.rows === rows) kernels.combine(operations[name], from, by, 0, to, 1, rows * cols);
    else kernels.combine(operations[name], from, by, 0, to, rows, cols);
  };

  return {
    add: combine("add"),
    subtract: combine("subtract"),
    multiply: combine("multiply"),
    divide: combine("divide"),
    addScaled(x, s, y) {
      const kernels = memory.exports;
      const from = at(x);
      const to = at(y);
      if (kernels === undefined || from < 0 || to < 0) return portable.addScaled(x, s, y);
      expectSame("addScaled", x, y);
      const count = x.rows * x.cols;
      const chunks = loopChunks(memory, count);
      if (chunks === 1) kernels.addScaled(from, s, to, count);
      else loopInChunks(kernels, "addScaled", chunks, [from, s, to, count], [0, 2], 3);
    },
    columnSums(x, y, accumulate = false) {
      const kernels = memory.exports;
      const from = at(x);
      const to = at(y);
      if (kernels === undefined || from < 0 || to < 0) return portable.columnSums(x, y, accumulate);
      expectSize("columnSums", 1, x.cols, y);
      kernels.columnSums(from, to, x.rows, x.cols, accumulate ? 1 : 0);
    },
    allFinite(x) {
      const kernels = memory.exports;
      const from = at(x);
      if (kernels === undefined || from < 0) return portable.allFinite(x);
      return kernels.allFinite(from, x.rows * x.cols) === 1;
    },
    map(curve, x, y, parameter = 0, slope = undefined) {
      expectSame("map", x, y, slope ?? y);
      if (curve.whole?.(x, y, undefined, slope, parameter)) return;
      const kernels = memory.exports;
      const number = curveNumbers.get(curve);
      const from = at(x);
      const to = at(y);
      if (kernels === undefined || number === undefined || from < 0 || to < 0 || slope !== undefined) {
        return portable.map(curve, x, y, parameter, slope);
      }
      const count = x.rows * x.cols;
      const chunks = loopChunks(memory, count);
      if (chunks === 1) kernels.map(number, from, to, count, parameter);
      else loopInChunks(kernels, "map", chunks, [number, from, to, count, parameter], [1, 2], 3);
    },
    mapGradient(curve, x, y, dy, dx, parameter = 0) {
      expectSame("mapGradient", x, y, dy, dx);
      if (curve.whole?.(x, undefined, dy, dx, parameter)) return;
      const kernels = memory.exports;
      const number = curveNumbers.get(curve);
      const input = at(x);
      const dOutput = at(dy);
      const dInput = at(dx);
      const inside = input >= 0 && dOutput >= 0 && dInput >= 0;
      if (kernels === undefined || number === undefined || !inside) {
        return portable.mapGradient(curve, x, y, dy, dx, parameter);
      }
      const count = x.rows * x.cols;
      const chunks = loopChunks(memory, count);
      if (chunks === 1) kernels.mapGradient(number, input, dOutput, dInput, count, parameter);
      else {
        const values = [number, input, dOutput, dInput, count, parameter];
        loopInChunks(kernels, "mapGradient", chunks, values, [1, 2, 3], 4);
      }
    },
    softmax(x, y) {
      const kernels = memory.exports;
      const from = at(x);
      const to = at(y);
      if (kernels === undefined || from < 0 || to < 0) return portable.softmax(x, y);
      expectSame("softmax", x, y);
      kernels.softmax(from, to, x.rows, x.cols);
    },
    softmaxGradient(y, dy, dx) {
      const kernels = memory.exports;
      const output = at(y);
      const dOutput = at(dy);
      const dInput = at(dx);
      if (kernels === undefined || output < 0 || dOutput < 0 || dInput < 0) {
        return portable.softmaxGradient(y, dy, dx);
      }
      expectSame("softmaxGradient", y, dy, dx);
      kernels.softmaxGradient(output, dOutput, dInput, y.rows, y.cols);
    },
    descend(g, divisor, s, w) {
      const kernels = memory.exports;
      const gradient = at(g);
      const weight = at(w);
      if (kernels === undefined || gradient < 0 || weight < 0) return portable.descend(g, divisor, s, w);
      expectSame("descend", g, w);
      const count = g.rows * g.cols;
      const chunks = loopChunks(memory, count);
      if (chunks === 1) kernels.descend(gradient, divisor, s, weight, count);
      else loopInChunks(kernels, "descend", chunks, [gradient, divisor, s, weight, count], [0, 3], 4);
    },
    momentum(g, mu, v) {
      const kernels = memory.exports;
      const gradient = at(g);
      const velocity = at(v);
      if (kernels === undefined || gradient < 0 || velocity < 0) return portable.momentum(g, mu, v);
      expectSame("momentum", g, v);
      const count = g.rows * g.cols;
      const chunks = loopChunks(memory, count);
      if (chunks === 1) kernels.momentum(gradient, mu, velocity, count);
      else loopInChunks(kernels, "momentum", chunks, [gradient, mu, velocity, count], [0, 2], 3);
    },
    adam(g, m, v, w, step, largest) {
      const kernels = memory.exports;
      const gradient = at(g);
      const mean = at(m);
      const square = at(v);
      const weight = at(w);
      const most = largest === undefined ? 0 : at(largest);
      const inside = gradient >= 0 && mean >= 0 && square >= 0 && weight >= 0 && most >= 0;
      if (kernels === undefined || !inside) return portable.adam(g, m, v, w, step, largest);
      expectSame("adam", g, m, v, w);
      if (largest !== undefined) expectSame("adam", g, largest);
      const { beta1, beta2, epsilon, rate, root } = step;
      const rest1 = 1 - beta1;
      const rest2 = 1 - beta2;
      const count = g.rows * g.cols;
      const chunks = loopChunks(memory, count);
      if (chunks === 1) {
        // biome-ignore format: one line
        kernels.adam(gradient, mean, square, weight, count, beta1, rest1, beta2, rest2, rate, root, epsilon, most);
      } else {
        const places = [gradient, mean, square, weight];
        const values = [...places, count, beta1, rest1, beta2, rest2, rate, root, epsilon, most];
        const moving = most === 0 ? [0, 1, 2, 3] : [0, 1, 2, 3, 12];
        loopInChunks(kernels, "adam", chunks, values, moving, 4);
      }
    },
  };
}
