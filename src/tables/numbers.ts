import { describe, fail } from "../errors.js";
import { checkOptions, either, finite, flag, nonNegative, oneOf, optional, type Rule } from "../options.js";
import { type Coder, isMissing, type Learner, type Line } from "./coder.js";

export interface NumericOptions {
  /** What stands for nothing: a number, or the mean of the column. Default: a row without a number is an error. */
  missing?: number | "mean";
  /** Whether a second number says, by 1, that there was nothing. Default: false. */
  indicator?: boolean;
  /** Learned: the mean, where it stands for nothing. */
  mean?: number;
}

export interface StandardizeOptions extends NumericOptions {
  /** Learned, unless both are given. */
  mean?: number;
  /** Learned: the standard deviation, of all rows (divided by n). */
  deviation?: number;
}

export interface RescaleOptions extends NumericOptions {
  /** Learned, unless it is given. */
  minimum?: number;
  /** Learned, unless it is given. */
  maximum?: number;
  /** The range that the numbers come to. Default: [0, 1]. */
  range?: readonly [number, number];
}

const rules = () => ({
  missing: optional(either(finite, oneOf("mean"))),
  indicator: optional(flag),
  mean: optional(finite),
});
const pair: Rule = {
  expected: "two finite numbers, the smaller first",
  accepts: (v) => Array.isArray(v) && v.length === 2 && v.every(finite.accepts) && v[0] < v[1],
};

/** Numbers as they are; `true` is 1 and `false` is 0. */
export function numeric(options: NumericOptions = {}): Coder {
  checkOptions("numeric", options, rules());
  const learned = ({ mean }: Statistics) => numeric({ ...options, mean });
  return affine("numeric", options, { shift: 0, scale: 1, start: 0 }, learned);
}

/** (x − mean) / deviation; a column of one value becomes 0. */
export function standardize(options: StandardizeOptions = {}): Coder {
  checkOptions("standardize", options, { ...rules(), deviation: optional(nonNegative) });
  const { mean, deviation } = options;
  if ((mean === undefined) !== (deviation === undefined)) {
    fail("standardize", "`mean` and `deviation` together", "only one");
  }
  const line =
    mean === undefined || deviation === undefined
      ? undefined
      : { shift: mean, scale: deviation || 1, start: 0 };
  return affine("standardize", options, line, ({ mean, deviation }) =>
    standardize({ ...options, mean, deviation }),
  );
}

/** From [minimum, maximum] to `range`, and beyond it for numbers beyond them; a column of one value becomes the start of the range. */
export function rescale(options: RescaleOptions = {}): Coder {
  const bounds = { minimum: optional(finite), maximum: optional(finite) };
  checkOptions("rescale", options, { ...rules(), ...bounds, range: optional(pair) });
  const { minimum, maximum, range: [start, end] = [0, 1] } = options;
  let line: Line | undefined;
  if (minimum !== undefined && maximum !== undefined) {
    if (minimum > maximum) {
      fail("rescale", `a \`maximum\` of at least the minimum, ${minimum}`, describe(maximum));
    }
    const [width, length] = [maximum - minimum, end - start];
    line = { shift: minimum, scale: width / length || 1 / length, start }; // the quotient may vanish, too
  }
  return affine("rescale", options, line, (learned) => {
    const { minimum = learned.minimum, maximum = learned.maximum } = options;
    return rescale({
      ...options,
      minimum,
      maximum,
      ...(options.missing === "mean" && { mean: learned.mean }),
    });
  });
}

interface Statistics {
  readonly mean: number;
  readonly deviation: number;
  readonly minimum: number;
  readonly maximum: number;
}

/** Float32 holds no larger ones, and squares of these can be added up in float64. */
const LARGEST = 3e38;
const TOO_LARGE = `a number that stays below ${LARGEST}`;

function affine(
  type: string,
  options: NumericOptions,
  line: Line | undefined,
  learned: (statistics: Statistics) => Coder,
): Coder {
  const { missing, indicator = false, mean } = options;
  if (indicator && missing === undefined) fail(type, "`missing` beside `indicator`", "none");
  const fill = missing === "mean" ? mean : missing;
  const isFitted = line !== undefined && (missing !== "mean" || mean !== undefined);
  const { shift, scale, start } = line ?? { shift: 0, scale: 1, start: 0 };
  return {
    ...{ type, options, parts: isFitted ? (indicator ? ["", " is missing"] : [""]) : undefined },
    line: isFitted ? { ...{ shift, scale, start, indicator }, fill } : undefined,
    encode(value, to, at) {
      const isNothing = isMissing(value);
      const x = isNothing ? fill : asNumber(value);
      if (x === undefined) return "a number";
      to[at] = (x - shift) / scale + start;
      if (indicator && isNothing) to[at + 1] = 1;
      return Number.isFinite(to[at]) ? undefined : TOO_LARGE;
    },
    decode: (from, at) => (from[at] - start) * scale + shift,
    learner: () => learner(missing !== undefined, learned),
  };
}

function asNumber(value: unknown): number | undefined {
  if (typeof value === "boolean") return value ? 1 : 0;
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** Mean and deviation in one pass. B. Welford, "Note on a method for calculating corrected sums of squares", 1962. */
function learner(mayMiss: boolean, learned: (statistics: Statistics) => Coder): Learner {
  let [count, mean, squares, origin] = [0, 0, 0, 0];
  let [minimum, maximum] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  return {
    add(value) {
      if (mayMiss && isMissing(value)) return undefined;
      const x = asNumber(value);
      if (x === undefined) return "a number";
      if (Math.abs(x) > LARGEST) return TOO_LARGE;
      if (count === 0) origin = x; // near it, numbers far from 0 keep their digits
      const delta = x - origin - mean;
      mean += delta / ++count;
      squares += delta * (x - origin - mean);
      minimum = Math.min(minimum, x);
      maximum = Math.max(maximum, x);
      return undefined;
    },
    done: () =>
      count === 0
        ? "at least one number"
        : learned({ mean: origin + mean, deviation: Math.sqrt(squares / count), minimum, maximum }),
  };
}
