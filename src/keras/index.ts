/**
 * Models from files of Keras and TensorFlow.js, and to TensorFlow.js.
 *
 * @module chainrule/keras
 */

export type { Bytes } from "../io/bytes.js";
export type { WeightBytes } from "./bytes.js";
export { fromKeras } from "./from-keras.js";
export { type ForeignOptions, fromTensorFlowJs } from "./from-tensorflowjs.js";
export { type TensorFlowJsModel, type TensorFlowJsWeight, toTensorFlowJs } from "./to-tensorflowjs.js";
