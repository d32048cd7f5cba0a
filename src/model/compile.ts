import { describe, fail } from "../errors.js";
import type { Loss } from "../losses/loss.js";
import type { Metric } from "../metrics.js";
import type { Optimizer } from "../optimizers/optimizer.js";
import { checkOptions, optional, type Rule } from "../options.js";

/** What `compile` takes. */
export interface CompileOptions<Metrics extends readonly Metric[] = readonly Metric[]> {
  /** How wrong predictions are: what training makes smaller, such as softmaxCrossEntropy(). */
  loss: Loss;

  /** How weights change by their gradients, such as new Adam(). It is for this model alone. */
  optimizer: Optimizer;
  /** What to report beside the loss. Default: nothing. */
  metrics?: Metrics;
}

/** By what a thing can do and not by its class, as for layers. */
const thingThat = (expected: string, ...methods: readonly string[]): Rule => ({
  expected,
  accepts: (v) =>
    typeof v === "object" &&
    v !== null &&
    methods.every((name) => typeof (v as Record<string, unknown>)[name] === "function"),
});

/** @throws ChainruleError unless loss, optimizer and metrics are what they should be. */
export function expectCompilable(options: CompileOptions): void {
  checkOptions("compile", options, {
    loss: thingThat("a loss such as softmaxCrossEntropy()", "total", "gradient"),
    optimizer: thingThat("an optimizer such as new Adam()", "step", "claim"),
    metrics: optional({ expected: "an array of metrics", accepts: Array.isArray }),
  });
  const metric = thingThat("metrics such as accuracy()", "start");
  const names = new Set<string>(["loss"]);
  for (const one of options.metrics ?? []) {
    if (!metric.accepts(one)) fail("compile", metric.expected, describe(one));
    const { name } = one;
    if (typeof name !== "string" || names.has(name)) {
      fail(
        "compile",
        "metrics with names of their own",
        names.has(name) ? `"${name}" twice` : describe(name),
      );
    }
    names.add(name);
  }
}
