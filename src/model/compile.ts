import { describe, fail } from "../errors.js";
import type { Loss } from "../losses/loss.js";
import type { Metric } from "../metrics.js";
import type { Optimizer } from "../optimizers/optimizer.js";

/** What `compile` takes. */
export interface CompileOptions<Metrics extends readonly Metric[] = readonly Metric[]> {
  loss: Loss;
  optimizer: Optimizer;
  /** What to report beside the loss. Default: nothing. */
  metrics?: Metrics;
}

/** @throws ChainruleError unless loss, optimizer and metrics are what they should be. */
export function expectCompilable(options: CompileOptions): void {
  const { loss, optimizer, metrics = [] } = options;
  if (typeof loss?.total !== "function" || typeof loss.gradient !== "function") {
    fail("compile", "a loss such as softmaxCrossEntropy()", describe(loss));
  }
  if (typeof optimizer?.step !== "function")
    fail("compile", "an optimizer such as new Adam()", describe(optimizer));
  if (!Array.isArray(metrics)) fail("compile", "an array of metrics", describe(metrics));
  const names = new Set<string>(["loss"]);
  for (const metric of metrics) {
    if (typeof metric?.start !== "function") fail("compile", "metrics such as accuracy()", describe(metric));
    if (names.has(metric.name)) fail("compile", "metrics with names of their own", `"${metric.name}" twice`);
    names.add(metric.name);
  }
}
