export * from "./initializers/index.js";
