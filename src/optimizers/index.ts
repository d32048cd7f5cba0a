export * from "./adam.js";
export * from "./gradient-descent.js";
export * from "./sgd.js";
