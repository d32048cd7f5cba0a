export { type ToOnnxOptions, toOnnx } from "./to-onnx.js";
export type { Attribute } from "./write-attribute.js";
export type { OnnxGraph, OnnxNodeOptions, OnnxValue, OnnxWriter } from "./write-graph.js";
