/**
 * Models to ONNX, for every runtime that reads it, and from ONNX.
 *
 * @module chainrule/onnx
 */

export { type FromOnnxOptions, fromOnnx } from "./from-onnx.js";
export type { OnnxGraph, OnnxNodeOptions, OnnxValue, OnnxWriter } from "./onnx-graph.js";
export { type OnnxMetadata, readOnnxMetadata } from "./read-metadata.js";
export { type ToOnnxOptions, toOnnx } from "./to-onnx.js";
export type { Attribute } from "./write-attribute.js";
