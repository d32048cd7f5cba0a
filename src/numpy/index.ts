/**
 * Arrays from files of NumPy, and to them.
 *
 * @module chainrule/numpy
 */

export { readNpy } from "./read-npy.js";
export { type ReadNpzOptions, readNpz } from "./read-npz.js";
export { type ToMatrixOptions, toMatrix } from "./to-matrix.js";
export { writeNpy } from "./write-npy.js";
export { type WriteNpzOptions, writeNpz } from "./write-npz.js";
