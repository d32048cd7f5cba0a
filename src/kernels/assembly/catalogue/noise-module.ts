export { addNoise } from "./normals";

/** By this the module is known. */
export const noise: bool = true;
