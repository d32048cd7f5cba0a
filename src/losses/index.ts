export * from "./cross-entropy.js";
export * from "./elementwise.js";
