export { lambda } from "./lambda.js";
export { type LearningRateSchedulerOptions, learningRateScheduler } from "./learning-rate-scheduler.js";
export { type ReduceOnPlateauOptions, reduceOnPlateau } from "./reduce-on-plateau.js";
