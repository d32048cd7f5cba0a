export { writeConstants } from "./constants";
export { curve } from "./curves";

/** By this the module is known. */
export const curves: bool = true;
