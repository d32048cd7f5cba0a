import { Dense } from "../layers/dense.js";
import { Embedding } from "../layers/embedding.js";
import { Flatten } from "../layers/reshape.js";
import { Matrix } from "../matrix.js";
import type { Found } from "./match-term.js";
import { formatRow, type Place, type Step } from "./place.js";
import type { Node } from "./read-node.js";

const FLATTEN = "Put a Flatten before it, if it is meant to see whole rows.";

/** y = α·x·B + β·C, B as it is or transposed: α goes into the weights and β into the bias. */
export function gemm(node: Node, place: Place): Step {
  const [alpha, beta] = [node.number("alpha", 1), node.number("beta", 1)];
  if (node.integer("transA", 0) !== 0) node.fail("rows as inputs", "transA", "Transpose the model's input.");
  if (place.row.length !== 1) node.fail("rows of one axis", formatRow(place.row), FLATTEN);
  const matrix = matrixOf(node, place, node.inputs[1]);
  const weight = scaled(node.integer("transB", 0) === 0 ? matrix : matrix.transpose(), alpha);
  expectInputs(node, place, weight);
  const row = [weight.cols];
  const name = node.inputs[2] ?? "";
  if (name === "") return dense(weight, undefined, row);
  const bias = place.as(row).perUnit(constantOf(node, place, name));
  if (bias === undefined) return node.fail(`a bias for ${weight.cols} units`, "one of another shape");
  return dense(weight, scaled(bias, beta), row);
}

/** y = x·B */
export function matMul(node: Node, place: Place): Step {
  const weight = matrixOf(node, place, node.inputs[1]);
  if (place.units !== place.row[place.row.length - 1]) {
    node.fail("rows of one axis", formatRow(place.row), FLATTEN);
  }
  expectInputs(node, place, weight);
  return dense(weight, undefined, [...place.row.slice(0, -1), weight.cols]);
}

/** y = x·B + b */
export function withBias(found: Found, place: Place, node: Node): Step | undefined {
  const weight = matrixOf(node, place, found.get("weight") as string);
  if (place.units !== weight.rows || place.units !== place.row[place.row.length - 1]) return undefined;
  const row = [...place.row.slice(0, -1), weight.cols];
  const bias = place.as(row).perUnit(constantOf(node, place, found.get("bias") as string));
  return bias && dense(weight, bias, row);
}

/** y = table[x]: a row of the table for each whole number. */
export function embedding(found: Found, place: Place, node: Node): Step | undefined {
  const { dims, data, type } = place.constants.get(found.get("table") as string);
  if (dims.length !== 2 || (type !== "float32" && type !== "float64")) return undefined;
  const [inputDim, outputDim] = dims;
  if (inputDim < 1 || outputDim < 1) node.fail("a table with rows", `[${dims.join(" × ")}]`);
  const weight = new Matrix(inputDim, outputDim, data);
  const layer = { layer: new Embedding({ inputDim, outputDim }), values: { weight } };
  const isOne = place.row.length === 0;
  return { parts: isOne ? [layer, { layer: new Flatten() }] : [layer], row: [...place.row, outputDim], type };
}

function dense(weight: Matrix, bias: Matrix | undefined, row: readonly number[]): Step {
  const layer = new Dense(
    bias === undefined ? { units: weight.cols, useBias: false } : { units: weight.cols },
  );
  return { parts: [{ layer, values: bias === undefined ? { weight } : { weight, bias } }], row };
}

const scaled = (matrix: Matrix, factor: number): Matrix => (factor === 1 ? matrix : matrix.mul(factor));

function constantOf(node: Node, place: Place, name: string) {
  if (!place.constants.has(name)) node.fail("weights that are constants", "values that depend on the input");
  return place.floats(node.who, name);
}

function matrixOf(node: Node, place: Place, name = ""): Matrix {
  const { dims, data } = constantOf(node, place, name);
  const [rows, cols] = dims;
  if (dims.length !== 2 || rows < 1 || cols < 1) node.fail("weights of two axes", `[${dims.join(" × ")}]`);
  return new Matrix(rows, cols, data);
}

function expectInputs(node: Node, place: Place, weight: Matrix): void {
  if (weight.rows !== place.units) {
    node.fail(`weights for rows of ${place.units}`, `[${weight.rows} × ${weight.cols}]`);
  }
}
