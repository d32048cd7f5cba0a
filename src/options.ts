import { describe, didYouMean, fail } from "./errors.js";

/** What an option may be, in words and as a test. */
export interface Rule {
  readonly expected: string;
  accepts(value: unknown): boolean;
}

const rule = (expected: string, accepts: (value: unknown) => boolean): Rule => ({ expected, accepts });

const isNumber = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);

/** A whole number of at least `least`. */
export const integer = (least: number): Rule =>
  rule(`a whole number of at least ${least}`, (v) => Number.isSafeInteger(v) && (v as number) >= least);

/** Any finite number. */
export const finite: Rule = /* @__PURE__ */ rule("a finite number", isNumber);

/** A finite number above zero. */
export const positive: Rule = /* @__PURE__ */ rule("a finite number above 0", (v) => isNumber(v) && v > 0);

/** A finite number of at least zero. */
export const nonNegative: Rule = /* @__PURE__ */ rule(
  "a finite number of at least 0",
  (v) => isNumber(v) && v >= 0,
);

/** A number in [0, 1): a probability that leaves something over, a momentum. */
export const fraction: Rule = /* @__PURE__ */ rule(
  "a number from 0 up to, but not including, 1",
  (v) => isNumber(v) && v >= 0 && v < 1,
);

/** `true` or `false`. */
export const flag: Rule = /* @__PURE__ */ rule("true or false", (v) => typeof v === "boolean");

/** Any value: a look of its own follows. */
export const anything: Rule = /* @__PURE__ */ rule("anything", () => true);

/** Any text. */
export const text: Rule = /* @__PURE__ */ rule("a text", (v) => typeof v === "string");

/** A function; `what` says which. */
export const callable = (what: string): Rule => rule(what, (v) => typeof v === "function");

/** One of a few words. */
export const oneOf = (...words: readonly string[]): Rule =>
  rule(`one of ${words.map((w) => JSON.stringify(w)).join(", ")}`, (v) => words.includes(v as string));

/** Either of two rules. */
export const either = (a: Rule, b: Rule): Rule =>
  rule(`${a.expected}, or ${b.expected}`, (v) => a.accepts(v) || b.accepts(v));

/** A shape: a list of whole numbers of at least 1, such as [784] or [28, 28]. */
export const shape: Rule = /* @__PURE__ */ rule(
  "a shape such as [784] or [28, 28]",
  (v) => Array.isArray(v) && v.length > 0 && v.every((n) => Number.isSafeInteger(n) && n >= 1),
);

/** An object whose values all fit, by any names. */
export const record = (what: string, fits: (value: unknown) => boolean): Rule =>
  rule(what, (v) => typeof v === "object" && v !== null && !Array.isArray(v) && Object.values(v).every(fits));

/** The rule for an option that may be left out. */
export const optional = (inner: Rule): Rule =>
  rule(inner.expected, (v) => v === undefined || inner.accepts(v));

/** The rules of all options of one owner, by name. */
export type Rules = Readonly<Record<string, Rule>>;

/**
 * Checks an options object against the rules of its owner: every name known, every value fitting.
 * @throws ChainruleError that names the owner, the option and the value; unknown names get a "did you mean".
 */
export function checkOptions(who: string, options: unknown, rules: Rules): void {
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    fail(who, "an options object", describe(options), `Write ${who.replace(/\(.*/, "")}({ … }).`);
  }
  for (const name of Object.keys(options)) {
    if (!Object.hasOwn(rules, name)) {
      const known = Object.keys(rules);
      const list = known.length === 0 ? "no options" : `only the options ${known.join(", ")}`;
      fail(who, list, JSON.stringify(name), didYouMean(name, known));
    }
  }
  for (const [name, { expected, accepts }] of Object.entries(rules)) {
    const value = (options as Record<string, unknown>)[name];
    if (!accepts(value)) fail(who, `\`${name}\` to be ${expected}`, describe(value));
  }
}
