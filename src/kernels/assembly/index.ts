export { product, scratchBytes } from "./product";
export { outer, outerDescend, rowTimes, rowTimesTransposed } from "./vector";
export { addScaled, allFinite, columnSums, combine, combineNumber } from "./elementwise";
export { map, mapGradient } from "./curves";
export { softmax, softmaxGradient } from "./softmax";
export { adam, descend, momentum } from "./updates";

/** Whether a multiply-add is rounded once. */
export const fused: bool = ASC_FEATURE_RELAXED_SIMD;
