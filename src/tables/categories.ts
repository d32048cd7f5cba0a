import { describe, fail } from "../errors.js";
import { checkOptions, integer, oneOf, optional, type Rule, text } from "../options.js";
import { type Coder, isMissing, type Learner, largest } from "./coder.js";

export interface CategoryOptions {
  /** Learned, in the order of their characters; or given, in an order of your own. */
  categories?: readonly string[];
  /** What a category that was not learned is: an error, or something of its own, which comes last. Default: "error". */
  unknown?: "error" | "own";
  /** The category that stands for nothing; it is one of them even if every row has something. Default: a row without one is an error. */
  missing?: string;
  /** How many different ones are learned at most: more are a sign of a column that has no categories. Default: 1000. */
  maxCategories?: number;
}

const different: Rule = {
  expected: "a list of different texts",
  accepts: (v) =>
    Array.isArray(v) &&
    v.length > 0 &&
    v.every((one) => typeof one === "string") &&
    new Set(v).size === v.length,
};
const rules = () => ({
  categories: optional(different),
  unknown: optional(oneOf("error", "own")),
  missing: optional(text),
  maxCategories: optional(integer(1)),
});

/** A number for each category, 1 for the one that there is and 0 for the others. 10, "10", true and "true" are texts to it. */
export function oneHotCategory(options: CategoryOptions = {}): Coder {
  const known = knownTo("oneHotCategory", options);
  const { labels = [] } = known;
  return {
    ...known,
    parts: known.labels?.map((name) => `=${name}`),
    encode(value, to, at) {
      const place = known.placeOf(value);
      if (place === undefined) return known.expected;
      to[at + place] = 1;
      return undefined;
    },
    decode: (from, at) => labels[largest(from, at, labels.length)],
    learner: () => learner(options, oneHotCategory),
  };
}

/** The place of the category in their list, from 0: for an order, or as the class to predict. */
export function ordinalCategory(options: CategoryOptions = {}): Coder {
  const known = knownTo("ordinalCategory", options);
  const { labels = [] } = known;
  return {
    ...known,
    parts: known.labels && [""],
    encode(value, to, at) {
      const place = known.placeOf(value);
      if (place === undefined) return known.expected;
      to[at] = place;
      return undefined;
    },
    decode: (from, at) => labels[Math.max(0, Math.min(labels.length - 1, Math.round(from[at])))],
    learner: () => learner(options, ordinalCategory),
  };
}

/** What the options say of categories, whatever numbers stand for them. */
function knownTo(type: string, options: CategoryOptions) {
  checkOptions(type, options, rules());
  const { categories, unknown = "error", missing } = options;
  // A Map, since a category may be called "__proto__".
  const places = new Map(categories?.map((name, i) => [name, i]));
  const other = unknown === "own" ? places.size : undefined;
  if (categories && missing !== undefined && other === undefined && !places.has(missing)) {
    fail(type, "`missing` to be one of its categories", describe(missing));
  }
  const some = categories?.slice(0, 8).map((name) => JSON.stringify(name));
  return {
    ...{ type, options },
    labels: categories && (other === undefined ? categories : [...categories, "an unknown one"]),
    expected: `a category: ${some?.join(", ")}${places.size > 8 ? " …" : ""}`,
    placeOf(value: unknown): number | undefined {
      const name = nameOf(value, missing);
      return name === undefined ? undefined : (places.get(name) ?? other);
    },
  };
}

function nameOf(value: unknown, missing: string | undefined): string | undefined {
  if (isMissing(value)) return missing;
  return ["string", "number", "boolean"].includes(typeof value) ? String(value) : undefined;
}

function learner(options: CategoryOptions, make: (options: CategoryOptions) => Coder): Learner {
  const { missing, maxCategories: most = 1000 } = options;
  const names = new Set<string>(missing === undefined ? [] : [missing]);
  return {
    add(value) {
      const name = nameOf(value, missing);
      if (name === undefined) return "a category";
      names.add(name);
      return names.size > most ? `at most ${most} different categories (\`maxCategories\`)` : undefined;
    },
    done: () => make({ ...options, categories: [...names].sort() }),
  };
}
