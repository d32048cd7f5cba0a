import {
  Dense,
  Flatten,
  GLU,
  Identity,
  type Layer,
  Matrix,
  Parallel,
  Random,
  Reshape,
  Residual,
  Sequential,
} from "chainrule";
import { toOnnx } from "chainrule/onnx";
import { expect, it } from "vitest";
import { layerClasses } from "../support/subjects.js";
import { difference, runOnnx } from "./support/run.js";

const others = [
  "Dense",
  "Embedding",
  "Lambda",
  "Parallel",
  "Residual",
  "Reshape",
  "Flatten",
  "GLU",
  "SwiGLU",
];
const plain = layerClasses.filter(({ type }) => ![...others, "Exponential"].includes(type));
const mergeNames = ["add", "average", "multiply", "maximum", "concatenate"] as const;

/** A model of random layers, nested up to three deep. */
function modelOf(seed: number): Sequential {
  const random = Random.fromSeed(seed);
  let draws = 0;
  const below = (count: number) => Math.floor(random.uniform(draws++) * count);
  const one = (size: number, depth: number): [Layer, number] => {
    const kind = below(depth < 3 ? 12 : 9);
    const units = 2 * (1 + below(4));
    if (kind === 0) return [new Dense({ units, useBias: below(2) === 0 }), units];
    if (kind === 1) return [new Reshape({ shape: size % 2 === 0 ? [2, size / 2] : [size, 1] }), size];
    if (kind === 2) return [new Flatten(), size];
    if (kind === 3)
      return [new Sequential([new Flatten(), new Dense({ units: 2 * units }), new GLU()]), units];
    if (kind === 9) return [new Residual({ layers: kept(size, depth) }), size];
    if (kind === 10) {
      const branches = Array.from({ length: 1 + below(3) }, () => kept(size, depth));
      const merge = mergeNames[below(5)];
      return [new Parallel({ branches, merge }), merge === "concatenate" ? size * branches.length : size];
    }
    if (kind === 11) {
      const [layers, width] = list(size, depth + 1);
      return [new Sequential(layers), width];
    }
    const Class = plain[below(plain.length)];
    return [new Class((Class.example?.options ?? {}) as never), size];
  };
  const list = (size: number, depth: number): [Layer[], number] => {
    const layers: Layer[] = [new Identity()];
    let width = size;
    for (let left = 1 + below(5); left > 0; left--) {
      const [layer, after] = one(width, depth);
      layers.push(layer);
      width = after;
    }
    return [layers, width];
  };
  /** Layers that leave rows as wide as they are. */
  const kept = (size: number, depth: number): Layer[] => {
    const [layers, width] = list(size, depth + 1);
    return width === size ? layers : [...layers, new Dense({ units: size })];
  };
  const dtype = below(3) === 0 ? "float64" : "float32";
  return new Sequential(list(6, 0)[0], { input: below(2) === 0 ? [6] : [2, 3], seed, dtype });
}

it.each(Array.from({ length: 40 }, (_, seed) => seed))("writes the random model %i", async (seed) => {
  const model = modelOf(seed);
  const { dtype } = model.context;
  const random = Random.fromSeed(seed);
  const x = Matrix.zeros(5, 6, dtype).map((_, r, c) => 2 * random.normal(c, r));
  const y = await runOnnx(await toOnnx(model), x, model.inputShape);
  expect(difference(y, model.predict(x))).toBeLessThanOrEqual(dtype === "float32" ? 1e-5 : 1e-12);
});
