export { mask } from "./masks";

/** By this the module is known. */
export const masks: bool = true;
