export { columnMoments, normalizeColumns, normalizedColumnsGradient } from "./column-norms";
export { writeSingles as writeConstants } from "./constants";
export { gate, gateGradient } from "./gates";
export { logSoftmaxGradient, logSoftmaxSums, subtractFromRows } from "./log-softmax";
export { prelu, preluGradient, preluSlopeGradient } from "./prelu";
export { normalizedRowsGradient, normalizeRows } from "./row-norms";
export { addToRows } from "./rows";

/** By this the module is known. */
export const layers: bool = true;
