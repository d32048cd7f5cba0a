export * from "./activations.js";
export * from "./dense.js";
export * from "./dropout.js";
export * from "./reshape.js";
export * from "./softmax.js";
