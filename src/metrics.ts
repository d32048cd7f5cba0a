export * from "./metrics/index.js";
export type { Accumulator, Metric } from "./metrics/metric.js";
