import { checkOptions, either, integer, oneOf, optional, type Rule, text } from "../options.js";
import { type Cell, type Coder, isMissing, type Learner } from "./coder.js";

export interface CategoryOptions {
  /** Learned, in the order of their characters; or given, in an order of your own. */
  categories?: readonly string[];
  /** What a category that was not learned is: an error, or something of its own, which comes last. Default: "error". */
  unknown?: "error" | "own";
  /** The category that stands for nothing. Default: a row without one is an error. */
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
  missing: optional(either(text, text)),
  maxCategories: optional(integer(1)),
});

/** A number for each category, 1 for the one that there is and 0 for the others. */
export function oneHotCategory(options: CategoryOptions = {}): Coder {
  checkOptions("oneHotCategory", options, rules());
  return category("oneHotCategory", options, true, oneHotCategory);
}

/** The place of the category in their list, from 0: for an order, or as the class to predict. */
export function ordinalCategory(options: CategoryOptions = {}): Coder {
  checkOptions("ordinalCategory", options, rules());
  return category("ordinalCategory", options, false, ordinalCategory);
}

function category(
  type: string,
  options: CategoryOptions,
  isWide: boolean,
  make: (options: CategoryOptions) => Coder,
): Coder {
  const { categories, unknown = "error", missing, maxCategories = 1000 } = options;
  const all = categories && (unknown === "own" ? [...categories, "an unknown one"] : categories);
  const places = new Map(categories?.map((name, i) => [name, i]));
  const some = categories
    ?.slice(0, 8)
    .map((name) => JSON.stringify(name))
    .join(", ");
  const placeOf = (value: Cell) => {
    const name = nameOf(value, missing);
    return name === undefined
      ? undefined
      : (places.get(name) ?? (unknown === "own" ? places.size : undefined));
  };
  return {
    ...{ type, options, parts: isWide ? all?.map((name) => `=${name}`) : all && [""] },
    encode(value, to, at) {
      const place = placeOf(value);
      if (place === undefined) return `a category: ${some}${places.size > 8 ? " …" : ""}`;
      if (!isWide) to[at] = place;
      else for (let i = 0; i < (all as readonly string[]).length; i++) to[at + i] = i === place ? 1 : 0;
      return undefined;
    },
    decode(from, at) {
      const names = all as readonly string[];
      if (!isWide) return names[Math.max(0, Math.min(names.length - 1, Math.round(from[at])))];
      let top = 0;
      for (let i = 1; i < names.length; i++) if (from[at + i] > from[at + top]) top = i;
      return names[top];
    },
    learner: () => categoryLearner(options, maxCategories, make),
  };
}

function nameOf(value: Cell, missing: string | undefined): string | undefined {
  return isMissing(value) ? missing : String(value);
}

function categoryLearner(
  options: CategoryOptions,
  most: number,
  make: (options: CategoryOptions) => Coder,
): Learner {
  const names = new Set<string>();
  return {
    add(value) {
      if (typeof value === "object" && value !== null) return "a category";
      const name = nameOf(value, options.missing);
      if (name === undefined) return "a category";
      if (options.categories === undefined) names.add(name);
      return names.size > most ? `at most ${most} different categories (\`maxCategories\`)` : undefined;
    },
    done() {
      if (options.categories !== undefined) return make(options);
      return names.size === 0 ? "at least one category" : make({ ...options, categories: [...names].sort() });
    },
  };
}
