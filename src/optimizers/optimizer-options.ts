import {
  callable,
  either,
  fraction,
  integer,
  nonNegative,
  optional,
  positive,
  type Rule,
  type Rules,
} from "../options.js";
import type { Rate } from "../schedules.js";
import type { Optimizer } from "./optimizer.js";

/** What a group of parameters may have for itself. */
export interface GroupSettings {
  /** η: a number, or a schedule of the count of finished steps. */
  learningRate?: Rate;
  /** λ: adds λ·w to each gradient (L2 regularization, as in PyTorch), or decays by itself where the rule says so. */
  weightDecay?: number;
  /** Cuts every number of a gradient to ±clipValue. Default: no limit. */
  clipValue?: number;
  /** Scales each parameter's gradient down to this Euclidean norm. Default: no limit. */
  clipNorm?: number;
}

/** Parameters with settings of their own, by their names, such as `0.weight`. */
export interface ParameterGroup extends GroupSettings {
  /** A pattern that is found in their names, or the names themselves. */
  match: RegExp | readonly string[];
}

/** What every optimizer takes. */
export interface OptimizerOptions extends GroupSettings {
  /** Scales all gradients together down to this Euclidean norm. Default: no limit. */
  globalClipNorm?: number;
  /** Settings for some of the parameters; the first group that matches counts. Default: none. */
  groups?: readonly ParameterGroup[];
  /** Gathers the gradients of so many calls of `step`, and then steps on their mean; a rest waits. Default: 1. */
  accumulate?: number;
  /** β of a moving average of the weights, in [0, 1), for `useAverages`. Default: no average. */
  average?: number;
}

/** The rules of what a group may have. */
export const groupRules = (): Rules => ({
  learningRate: optional(either(nonNegative, callable("a schedule such as cosineDecay(…)"))),
  weightDecay: optional(nonNegative),
  clipValue: optional(positive),
  clipNorm: optional(positive),
});

const list: Rule = /* @__PURE__ */ (() => ({
  expected: "a list such as [{ match: /bias/, weightDecay: 0 }]",
  accepts: Array.isArray,
}))();

/** The rule of an option that a method cannot have. */
export const absent = (why: string): Rule => ({
  expected: `left out, since ${why}`,
  accepts: (v) => v === undefined,
});

/** The rules of the options that every optimizer takes. */
export const commonRules = (): Rules => ({
  ...groupRules(),
  globalClipNorm: optional(positive),
  groups: optional(list),
  accumulate: optional(integer(1)),
  average: optional(fraction),
});

/** An optimizer's class: what is known of it before there is an instance. */
export interface OptimizerClass {
  new (options: never): Optimizer;
  readonly type: string;
  readonly rules: () => Rules;
  readonly example: OptimizerOptions;
}
