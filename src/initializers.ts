export { normal, truncatedNormal, uniform } from "./initializers/distributions.js";
export { constant, identity, ones, zeros } from "./initializers/fixed.js";
export type { Fan, Initializer } from "./initializers/initializer.js";
export { orthogonal } from "./initializers/orthogonal.js";
export { sparse } from "./initializers/sparse.js";
export {
  glorotNormal,
  glorotUniform,
  heNormal,
  heUniform,
  lecunNormal,
  lecunUniform,
  type VarianceScalingOptions,
  varianceScaling,
} from "./initializers/variance.js";
