import { didYouMean } from "../errors.js";
import { Dropout } from "../layers/dropout.js";
import { PReLU } from "../layers/prelu.js";
import { Matrix } from "../matrix.js";
import type { Place, Step } from "./place.js";
import { activations } from "./read-activations.js";
import { gemm, matMul } from "./read-dense.js";
import { type Node, REPLACE } from "./read-node.js";
import { batchNorm, layerNormalization, rmsNormalization } from "./read-norms.js";
import { cast, flatten, reshape, squeeze, transpose, unsqueeze } from "./read-shapes.js";

/** How a node becomes layers. */
type Operator = (node: Node, place: Place) => Step;

/** Each with the most inputs that it takes. */
const operators: Readonly<Record<string, readonly [Operator, inputs: number]>> = {
  Gemm: [gemm, 3],
  MatMul: [matMul, 2],
  PRelu: [prelu, 2],
  BatchNormalization: [batchNorm, 5],
  LayerNormalization: [layerNormalization, 3],
  RMSNormalization: [rmsNormalization, 2],
  Dropout: [dropout, 3],
  Flatten: [flatten, 1],
  Reshape: [reshape, 2],
  Squeeze: [squeeze, 2],
  Unsqueeze: [unsqueeze, 2],
  Transpose: [transpose, 1],
  Cast: [cast, 1],
};

/** The layers for one node. @throws ChainruleError for a node that there is none for */
export function readOperator(node: Node, place: Place): Step {
  const { op } = node;
  if (Object.hasOwn(operators, op)) {
    const [read, inputs] = operators[op];
    expectFirst(node, place);
    const step = read(node, place);
    node.expectAllRead(inputs);
    return step;
  }
  if (Object.hasOwn(activations, op)) {
    expectFirst(node, place);
    const layer = activations[op](node, place);
    node.expectAllRead(op === "Clip" ? 3 : 1);
    return { parts: [{ layer }], row: place.row };
  }
  const known = [...Object.keys(operators), ...Object.keys(activations)];
  return node.fail("an operator that chainrule has a layer for", op, didYouMean(op, known) || REPLACE);
}

/** @throws ChainruleError where the input comes in another place, as in 1 / x */
function expectFirst(node: Node, { value }: Place): void {
  if (node.inputs[0] !== value) node.fail("its first input to depend on the model's", "a constant", REPLACE);
}

/** One slope for all, or one for each unit. */
function prelu(node: Node, place: Place): Step {
  const name = node.inputs[1] ?? "";
  if (!place.constants.has(name)) node.fail("slopes that are constants", "values that depend on the input");
  const { dims, data } = place.floats(node.who, name);
  const slope = data.length === 1 ? new Matrix(1, 1, data) : place.perUnit({ dims, data, type: place.type });
  if (slope === undefined) return node.fail(`one slope, or ${place.units}`, `[${dims.join(" × ")}]`, REPLACE);
  const layer = new PReLU(data.length === 1 ? {} : { perUnit: true });
  return { parts: [{ layer, values: { slope } }], row: place.row };
}

/** In a model that trains again it drops again, whatever the file says of training. */
function dropout(node: Node, place: Place): Step {
  const ratio = node.inputs[1] ?? "";
  node.integer("seed", 0);
  const rate = ratio === "" ? node.number("ratio", 0.5) : rateOf(node, place, ratio);
  if (!(rate >= 0 && rate < 1)) node.fail("a ratio from 0 up to, but not including, 1", String(rate));
  return { parts: [{ layer: new Dropout({ rate }) }], row: place.row };
}

function rateOf(node: Node, { constants }: Place, name: string): number {
  const rate = constants.has(name) ? constants.get(name).data : [];
  return rate.length === 1 ? rate[0] : node.fail("a ratio that is one number", "another value");
}
