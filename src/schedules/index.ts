export { chain, type Stage } from "./chain.js";
export { cosineDecay, cosineRestarts } from "./cosine.js";
export { type CyclicOptions, cyclic, type OneCycleOptions, oneCycle } from "./cycles.js";
export {
  constantRate,
  exponentialDecay,
  inverseTimeDecay,
  multiStepDecay,
  polynomialDecay,
  stepDecay,
} from "./decay.js";
export { type Rate, rateAt, type Schedule } from "./schedule.js";
export { noam, warmup } from "./warmup.js";
