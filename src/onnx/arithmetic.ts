import type { OnnxGraph, OnnxValue } from "./onnx-graph.js";

type Operand = OnnxValue | number;

/** Formulas as nodes: `add(x, 3)`. */
export function arithmetic(graph: OnnxGraph) {
  const value = (operand: Operand) => (typeof operand === "number" ? graph.constant(operand) : operand);
  const unary = (operator: string) => (x: OnnxValue) => graph.node(operator, [x]);
  const binary = (operator: string) => (a: Operand, b: Operand) => graph.node(operator, [value(a), value(b)]);
  return {
    add: binary("Add"),
    sub: binary("Sub"),
    mul: binary("Mul"),
    div: binary("Div"),
    max: binary("Max"),
    min: binary("Min"),
    isAtMost: binary("LessOrEqual"),
    abs: unary("Abs"),
    neg: unary("Neg"),
    exp: unary("Exp"),
    log: unary("Log"),
    sqrt: unary("Sqrt"),
    erf: unary("Erf"),
    sign: unary("Sign"),
    tanh: unary("Tanh"),
    sigmoid: unary("Sigmoid"),
    relu: unary("Relu"),
    softplus: unary("Softplus"),
    /** min(max(x, low), high) */
    clip: (x: OnnxValue, low: number, high: number) => graph.node("Clip", [x, value(low), value(high)]),
    /** yes where the condition holds, else no */
    where: (condition: OnnxValue, yes: Operand, no: Operand) =>
      graph.node("Where", [condition, value(yes), value(no)]),
    /** The mean of each row of x, [1] */
    rowMean: (x: OnnxValue) =>
      graph.node("ReduceMean", [x], { attributes: { axes: [-1n], keepdims: 1n }, shape: [1] }),
  };
}
