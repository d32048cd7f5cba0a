export { adadelta, adagrad, adamax, lion, moments, rectified, rmsprop } from "./steps";

/** By this the module is known. */
export const steps: bool = true;
