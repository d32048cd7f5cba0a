import { type Constraint, maxNorm, minMaxNorm, nonNegative, unitNorm } from "../constraints.js";
import { describe, fail } from "../errors.js";
import { l1, l1l2, l2, type Regularizer } from "../regularizers.js";
import { Config, classOf } from "./config.js";

/** An option of a layer that is a penalty. @throws ChainruleError for one that this library has not */
export function readRegularizer(who: string, option: string, value: unknown): Regularizer | undefined {
  const config = part(who, option, value);
  if (config === undefined) return undefined;
  const [lambda1, lambda2] = [config.number(0, "l1"), config.number(0, "l2")];
  const { name } = config;
  if (!/^l(1|2|1_?l2)$/i.test(name))
    fail(who, `\`${option}\` to be L1, L2 or L1L2`, describe(name), "Save the model without it.");
  config.expectNothingElse();
  if (lambda1 === 0 && lambda2 === 0) return undefined;
  if (lambda2 === 0) return l1({ lambda: lambda1 });
  return lambda1 === 0 ? l2({ lambda: lambda2 }) : l1l2({ l1: lambda1, l2: lambda2 });
}

/** An option of a layer that is a constraint. @throws ChainruleError for one that this library has not */
export function readConstraint(who: string, option: string, value: unknown): Constraint | undefined {
  const config = part(who, option, value);
  if (config === undefined) return undefined;
  const [axis = 0, ...more] = config.integers("axis") ?? [];
  if (axis !== 0 || more.length > 0) fail(who, `\`${option}\` along axis 0`, `axis ${[axis, ...more]}`);
  const constraint = constraintOf(config);
  if (constraint === undefined) {
    const known = "MaxNorm, MinMaxNorm, NonNeg or UnitNorm";
    return fail(who, `\`${option}\` to be ${known}`, describe(config.name), "Save the model without it.");
  }
  config.expectNothingElse();
  return constraint;
}

function constraintOf(config: NamedConfig): Constraint | undefined {
  switch (config.name.toLowerCase().replaceAll("_", "")) {
    case "maxnorm":
      return maxNorm({ max: config.number(2, "max_value") });
    case "minmaxnorm": {
      const [min, max] = [config.number(0, "min_value"), config.number(1, "max_value")];
      return minMaxNorm({ min, max, rate: config.number(1, "rate") });
    }
    case "nonneg":
    case "nonnegative":
      return nonNegative();
    case "unitnorm":
      return unitNorm();
    default:
      return undefined;
  }
}

class NamedConfig extends Config {
  constructor(
    who: string,
    readonly name: string,
    values: unknown,
  ) {
    super(who, values);
  }
}

function part(who: string, option: string, value: unknown): NamedConfig | undefined {
  if (value === undefined) return undefined;
  const found = classOf(value);
  if (found === undefined) return fail(who, `\`${option}\` to be a class with its config`, describe(value));
  return new NamedConfig(`${who} \`${option}\``, found.name, found.config);
}
