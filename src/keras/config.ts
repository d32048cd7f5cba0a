import { describe, fail } from "../errors.js";

/** Says nothing of what a layer computes, wherever it stands. */
const BESIDE = ["name", "trainable", "dtype", "seed", "batch_input_shape", "batch_shape", "autocast"];

/** Options of a layer in Keras's words. Each is asked for by its name, and in the end none may be left that says something. */
export class Config {
  private readonly asked = new Set<string>(BESIDE);

  /** @throws ChainruleError unless `values` is an object */
  constructor(
    readonly who: string,
    private readonly values: unknown,
  ) {
    if (!isObject(values)) fail(who, "a config, an object,", describe(values));
  }

  /** What the first of these names says that is there; names changed over the years. `undefined` for `null` too. */
  any(...names: readonly string[]): unknown {
    for (const name of names) this.asked.add(name);
    const name = names.find((one) => own(this.values, one) !== undefined);
    return name === undefined ? undefined : own(this.values, name);
  }

  number(fallback: number | undefined, ...names: readonly string[]): number {
    const value = this.any(...names) ?? fallback;
    if (typeof value === "number" && Number.isFinite(value)) return value;
    return fail(this.who, `\`${names[0]}\` to be a number`, describe(value));
  }

  flag(fallback: boolean, name: string): boolean {
    const value = this.any(name) ?? fallback;
    return typeof value === "boolean"
      ? value
      : fail(this.who, `\`${name}\` to be true or false`, describe(value));
  }

  /** A list of whole numbers, or one of them. */
  integers(...names: readonly string[]): readonly number[] | undefined {
    const value = this.any(...names);
    if (value === undefined) return undefined;
    const list: unknown = typeof value === "number" ? [value] : value;
    if (Array.isArray(list) && list.every((one) => Number.isSafeInteger(one))) return list as number[];
    return fail(this.who, `\`${names[0]}\` to be whole numbers`, describe(value));
  }

  /** Marks options that change nothing here. */
  ignore(...names: readonly string[]): void {
    this.any(...names);
  }

  /** @throws ChainruleError for an option that nobody asked for, unless it is off */
  expectNothingElse(): void {
    for (const name of Object.keys(this.values as object)) {
      const value = own(this.values, name);
      if (this.asked.has(name) || value === undefined || value === false) continue;
      if (Array.isArray(value) && value.length === 0) continue;
      fail(
        this.who,
        `no \`${name}\`, which this library cannot express,`,
        describe(value),
        "Save the model without it.",
      );
    }
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A property of its own, whatever is in a prototype; `undefined` for `null`. */
export function own(value: unknown, name: string): unknown {
  if (!isObject(value) || !Object.hasOwn(value, name)) return undefined;
  return value[name] ?? undefined;
}

/** What Keras writes of an object or a function: its class and its config. Of a plain text it is the class. */
export function classOf(value: unknown): { readonly name: string; readonly config: unknown } | undefined {
  if (typeof value === "string") return { name: value, config: {} };
  const [name, config] = [own(value, "class_name"), own(value, "config")];
  if (typeof name !== "string") return undefined;
  if (name === "function" && typeof config === "string") return { name: config, config: {} };
  return { name, config: config ?? {} };
}
