export { normal, truncatedNormal, uniform } from "./distributions.js";
export { constant, identity, ones, zeros } from "./fixed.js";
export type { Fan, Initializer } from "./initializer.js";
export { orthogonal } from "./orthogonal.js";
export { sparse } from "./sparse.js";
export {
  glorotNormal,
  glorotUniform,
  heNormal,
  heUniform,
  lecunNormal,
  lecunUniform,
  type VarianceScalingOptions,
  varianceScaling,
} from "./variance.js";
