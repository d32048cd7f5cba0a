export { chain, type Stage } from "./schedules/chain.js";
export { cosineDecay, cosineRestarts } from "./schedules/cosine.js";
export { type CyclicOptions, cyclic, type OneCycleOptions, oneCycle } from "./schedules/cycles.js";
export {
  constantRate,
  exponentialDecay,
  inverseTimeDecay,
  multiStepDecay,
  polynomialDecay,
  stepDecay,
} from "./schedules/decay.js";
export {
  type CyclicMomentumOptions,
  cyclicMomentum,
  type OneCycleMomentumOptions,
  oneCycleMomentum,
} from "./schedules/momentum-cycles.js";
export { type Momentum, type Rate, rateAt, type Schedule } from "./schedules/schedule.js";
export { noam, warmup } from "./schedules/warmup.js";
