import { describe, fail } from "../errors.js";
import type { Sequential } from "../model/sequential.js";
import type { Optimizer } from "../optimizers/optimizer.js";
import type { Rule } from "../options.js";
import type { Rate } from "../schedules.js";

/** The rule for an option that is an optimizer, of this or of another copy of the library. */
export const optimizerRule: Rule = {
  expected: "an optimizer such as new Adam()",
  accepts: (v) => typeof v === "object" && v !== null && "step" in v && "claim" in v && "learningRate" in v,
};

/** The given one, or else the model's. @throws ChainruleError for one that the model is not compiled with */
export function optimizerOf(who: string, model: Sequential<string>, given: Optimizer | undefined): Optimizer {
  const compiled = model.optimizer as Optimizer; // there is one where there is training
  if (given !== undefined && given !== compiled) {
    const advice = "Leave `optimizer` out, or compile the model with it.";
    fail(
      who,
      `the optimizer that the model is compiled with, ${compiled.type}`,
      `another ${given.type}`,
      advice,
    );
  }
  return compiled;
}

/** η and the rates of groups become what `change` makes of each. @throws ChainruleError for a schedule among them */
export function changeRates(who: string, optimizer: Optimizer, change: (rate: number) => number): void {
  const number = (rate: Rate, where = "") =>
    numberOf(who, rate, where, "Give the optimizer a number, or leave it to its schedule.");
  const rate = change(number(optimizer.learningRate));
  const rates = optimizer.groups.rates.map((own, i) => own && change(number(own, ` in groups[${i}]`)));
  optimizer.learningRate = rate;
  optimizer.groups.rates = rates;
}

/**
 * η = rate, and the rates of groups stay in the ratio to it that the optimizer was made with.
 * @throws ChainruleError where there are such groups, for a schedule among the rates that it was made with, or an η of 0
 */
export function setRates(who: string, optimizer: Optimizer, rate: number): void {
  const { firstRate, options, groups } = optimizer;
  const advice = "Rates of groups keep their ratio to it.";
  const ratios = (options.groups ?? []).map(({ learningRate: own }, i) => {
    if (own === undefined) return undefined;
    const first = numberOf(who, firstRate, "", advice);
    if (first > 0) return numberOf(who, own, ` in groups[${i}]`, advice) / first;
    return fail(who, "a `learningRate` above 0 beside rates of groups", "0", advice);
  });
  optimizer.learningRate = rate;
  groups.rates = ratios.map((ratio) => ratio && ratio * rate);
}

function numberOf(who: string, rate: Rate, where: string, advice: string): number {
  if (typeof rate === "number") return rate;
  return fail(who, `an optimizer whose \`learningRate\`${where} is a number`, describe(rate), advice);
}
