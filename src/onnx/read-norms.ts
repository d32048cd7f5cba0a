import { BatchNorm } from "../layers/batch-norm.js";
import { LayerNorm, RMSNorm } from "../layers/row-norms.js";
import { Matrix } from "../matrix.js";
import type { Found } from "./match-term.js";
import { formatRow, type GraphPart, type Place, type Step } from "./place.js";
import { decimal, type Node } from "./read-node.js";

const INFERENCE = "Export the model after model.eval(), with training=TrainingMode.EVAL or PRESERVE.";

/** By the running statistics. ONNX's momentum is how much of them stays, ours how much is replaced. */
export function batchNorm(node: Node, place: Place): Step {
  const { row, units } = place;
  const isTraining =
    node.integer("training_mode", 0) !== 0 || node.outputs.slice(1).some((name) => name !== "");
  if (isTraining) node.fail("BatchNormalization as in inference", "its form for training", INFERENCE);
  if (node.integer("spatial", 1) !== 1) node.fail("statistics for each channel", "spatial = 0");
  if (row[0] !== units) {
    node.fail(
      "rows of one axis",
      formatRow(row),
      "Put a Flatten before it, if each unit has its own statistics.",
    );
  }
  const channels = place.as([units]);
  const value = (input: number) => vector(node, channels, node.inputs[input]);
  const options = {
    epsilon: node.number("epsilon", 1e-5),
    momentum: decimal(1 - node.number("momentum", 0.9)),
  };
  const values = { weight: value(1), bias: value(2), runningMean: value(3), runningVariance: value(4) };
  return { parts: [{ layer: new BatchNorm(options), values }], row };
}

/** The operator, since opset 17. */
export function layerNormalization(node: Node, place: Place): Step {
  if (!place.isWholeFrom(node.integer("axis", -1))) return refuseParts(node, place);
  node.integer("stash_type", 1);
  if (node.outputs.slice(1).some((name) => name !== "")) node.fail("one output", String(node.outputs.length));
  const bias = (node.inputs[2] ?? "") === "" ? undefined : vector(node, place, node.inputs[2]);
  return normalized(node.number("epsilon", 1e-5), vector(node, place, node.inputs[1]), bias, place);
}

/** The operator, since opset 23. */
export function rmsNormalization(node: Node, place: Place): Step {
  if (!place.isWholeFrom(node.integer("axis", -1))) return refuseParts(node, place);
  node.integer("stash_type", 1);
  return scaled(node.number("epsilon", 1e-5), vector(node, place, node.inputs[1]), place);
}

/** The same in many nodes: with γ and β, with γ alone, or with neither. */
export function layerNorm(found: Found, place: Place): Step | undefined {
  const { epsilon, weight, bias } = partsOf(found, place);
  if (epsilon === undefined || weight === null || bias === null) return undefined;
  return normalized(epsilon, weight, bias, place);
}

export function rmsNorm(found: Found, place: Place): Step | undefined {
  const { epsilon, weight } = partsOf(found, place);
  return epsilon === undefined || weight === null ? undefined : scaled(epsilon, weight, place);
}

function normalized(
  epsilon: number,
  weight: Matrix | undefined,
  bias: Matrix | undefined,
  place: Place,
): Step {
  const layer = new LayerNorm(weight === undefined ? { epsilon, affine: false } : { epsilon });
  return { parts: [withValues(layer, weight, bias, place)], row: place.row };
}

/** Where there is no β, ours is 0 and stays so. */
function withValues(
  layer: LayerNorm,
  weight: Matrix | undefined,
  bias: Matrix | undefined,
  place: Place,
): GraphPart {
  if (weight === undefined) return { layer };
  if (bias !== undefined) return { layer, values: { weight, bias } };
  return { layer, values: { weight, bias: Matrix.zeros(1, place.units, place.dtype) }, frozen: ["bias"] };
}

function scaled(epsilon: number, weight: Matrix | undefined, { row }: Place): Step {
  const layer = new RMSNorm(weight === undefined ? { epsilon, affine: false } : { epsilon });
  return { parts: [weight === undefined ? { layer } : { layer, values: { weight } }], row };
}

/** ε, γ and β by their names in a term; `null` for what does not fit. */
function partsOf(found: Found, place: Place) {
  const number = place.single(place.constants.get(found.get("epsilon") as string));
  const epsilon = number === undefined || place.type === "float64" ? number : decimal(number);
  const matrix = (name: string): Matrix | undefined | null => {
    const value = found.get(name);
    return value === undefined ? undefined : (place.perUnit(place.floats("fromOnnx", value)) ?? null);
  };
  return {
    epsilon: epsilon !== undefined && epsilon > 0 ? epsilon : undefined,
    weight: matrix("weight"),
    bias: matrix("bias"),
  };
}

function vector(node: Node, place: Place, name = ""): Matrix {
  if (!place.constants.has(name)) node.fail("weights that are constants", "values that depend on the input");
  const matrix = place.perUnit(place.floats(node.who, name));
  return matrix ?? node.fail(`a number for each of ${place.units} units`, "weights of another shape");
}

function refuseParts(node: Node, { row }: Place): never {
  return node.fail("to normalize whole rows", `a part of ${formatRow(row)}`, "Put a Flatten before it.");
}
