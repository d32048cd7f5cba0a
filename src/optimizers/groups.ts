import { didYouMean, fail } from "../errors.js";
import { checkOptions, type Rule } from "../options.js";
import type { Parameter } from "../parameter.js";
import { type Rate, rateAt } from "../schedules.js";
import { type GroupSettings, groupRules, type ParameterGroup } from "./optimizer-options.js";

const match: Rule = {
  expected: 'a pattern such as /bias/, or names such as ["0.weight"]',
  accepts: (v) =>
    v instanceof RegExp || (Array.isArray(v) && v.length > 0 && v.every((name) => typeof name === "string")),
};

const keyOf = (group: number) => `groups[${group}].learningRate`;

/** Which parameters have settings of their own: the first group counts that matches a name. */
export class Groups {
  private readonly found = new WeakMap<Parameter, number>();
  private readonly now: number[] = []; // the rates of the step that is under way
  private current: readonly (Rate | undefined)[] = [];
  private isChecked = false;

  /** @throws ChainruleError for a group with an unknown option, or one with a value that does not fit */
  constructor(
    private readonly who: string,
    private readonly groups: readonly ParameterGroup[] = [],
  ) {
    for (const [i, group] of groups.entries()) {
      checkOptions(`${who}'s groups[${i}]`, group, { match, ...groupRules() });
    }
    this.rates = [];
  }

  /** η of each group, nothing where it has none of its own; set to nothing, it is as it was made. */
  get rates(): readonly (Rate | undefined)[] {
    return this.current;
  }

  set rates(rates: readonly (Rate | undefined)[]) {
    for (const [i, learningRate] of rates.entries()) {
      checkOptions(`${this.who}'s groups[${i}]`, { learningRate }, groupRules());
    }
    this.current = this.groups.map(({ learningRate }, i) => rates[i] ?? learningRate);
  }

  /** Those that are numbers and not as they were made. */
  get scalars(): Record<string, number> {
    const scalars: Record<string, number> = {};
    for (const [i, rate] of this.current.entries()) {
      if (typeof rate === "number" && rate !== this.groups[i].learningRate) scalars[keyOf(i)] = rate;
    }
    return scalars;
  }

  set scalars(scalars: Readonly<Record<string, number>>) {
    this.rates = this.groups.map((_, i) => scalars[keyOf(i)]);
  }

  /** Before a step: asks every schedule once. @throws ChainruleError for a group that matches no parameter */
  begin(parameters: readonly Parameter[], steps: number): void {
    if (!this.isChecked) this.expectMatches(parameters);
    if (this.groups.length === 0) return;
    for (const [i, rate] of this.current.entries()) {
      this.now[i] = rate === undefined ? -1 : rateAt(rate, steps);
    }
  }

  /** The settings that the parameter has for itself. */
  settings(parameter: Parameter): GroupSettings | undefined {
    if (this.groups.length === 0) return undefined; // to look at index −1 would be slow
    return this.groups[this.indexOf(parameter)];
  }

  /** The rate of the step for the parameter, which is `rate` where its group has none. */
  rate(parameter: Parameter, rate: number): number {
    if (this.groups.length === 0) return rate;
    const own = this.now[this.indexOf(parameter)] ?? -1;
    return own < 0 ? rate : own;
  }

  private indexOf(parameter: Parameter): number {
    const known = this.found.get(parameter);
    if (known !== undefined) return known;
    const index = this.groups.findIndex((group) => matches(group, parameter.name));
    this.found.set(parameter, index);
    return index;
  }

  private expectMatches(parameters: readonly Parameter[]): void {
    const names = parameters.map(({ name }) => name);
    for (const [i, group] of this.groups.entries()) {
      const who = `${this.who}'s groups[${i}]`;
      if (group.match instanceof RegExp) {
        if (names.some((name) => matches(group, name))) continue;
        fail(
          who,
          "`match` to be found in a parameter's name",
          `${group.match}`,
          `There are ${names.join(", ")}.`,
        );
      }
      for (const wanted of group.match) {
        if (names.includes(wanted)) continue;
        fail(who, "names of parameters", JSON.stringify(wanted), didYouMean(wanted, names));
      }
    }
    this.isChecked = true;
  }
}

/** `search` begins at the start, even where the pattern is sticky or global. */
function matches({ match }: ParameterGroup, name: string): boolean {
  return match instanceof RegExp ? name.search(match) >= 0 : match.includes(name);
}
