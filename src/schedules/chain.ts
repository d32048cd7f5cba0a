import { describe, fail } from "../errors.js";
import { type Named, named } from "../named.js";
import { checkOptions, integer } from "../options.js";
import { type Rate, rateAt, rateRule, type Schedule } from "./schedule.js";

/** A rate, a number or a schedule, for so many steps. */
export interface Stage {
  /** For how many steps. */
  readonly steps: number;

  /** The rate: a number, or a schedule from its start. */
  readonly rate: Rate;
}

/**
 * One rate after another: `chain([{ steps: 100, rate: 0.1 }, { steps: 50, rate: 0.01 }, 0.001])`. Each schedule counts
 * from its own step 0; the last rate, which has no `steps`, is for ever. As PyTorch's SequentialLR.
 * @throws ChainruleError unless all but the last are `{ steps, rate }`, and the last is a number or a schedule
 */
export function chain(stages: readonly [...Stage[], Rate]): Named<Schedule> {
  if (!Array.isArray(stages)) {
    fail("chain", "a list of stages", describe(stages), "Write chain([{ steps: 100, rate: 0.1 }, 0.01]).");
  }
  const last = stages[stages.length - 1] as Rate;
  const given = stages.slice(0, -1) as Stage[];
  if (!rateRule.accepts(last)) fail("chain", `its last to be ${rateRule.expected}`, describe(last));
  for (const [i, stage] of given.entries()) {
    checkOptions(`chain, stage ${i},`, stage, { steps: integer(1), rate: rateRule });
  }
  const before = given.map((stage) => ({ ...stage }));
  return named("chain", [...before, last], (step) => {
    let at = step;
    for (const { steps, rate } of before) {
      if (at < steps) return rateAt(rate, at);
      at -= steps;
    }
    return rateAt(last, at);
  });
}
