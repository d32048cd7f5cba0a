import { ChainruleError, fail } from "../errors.js";
import type { Sequential } from "../model/sequential.js";
import type { Table } from "../tables/table.js";

/** The texts that a file carries beside the graph. Each may be missing. */
export const KEYS = {
  /** The model's `toJSON`, of which `modelFromJSON` makes the layers again. */
  model: "chainrule.model",
  /** The table's `toJSON`: how columns become numbers. */
  table: "chainrule.table",
  /** The names of the inputs, a list: with preprocessing those of the table's columns. */
  names: "names",
  /** The names of the classes, a list. */
  labels: "labels",
} as const;

interface MetadataOptions {
  readonly metadata?: Readonly<Record<string, string>>;
  readonly preprocessing?: boolean;
}

/** @throws ChainruleError for a key that is one of the file's own */
export function metadataOf(
  who: string,
  model: Sequential<string>,
  labels: readonly string[] | undefined,
  { metadata: own = {}, preprocessing = false }: MetadataOptions,
): Record<string, string> {
  const taken = Object.values(KEYS).find((key) => Object.hasOwn(own, key));
  if (taken !== undefined) {
    fail(who, "`metadata` of other names than the file's own", JSON.stringify(taken), "Choose another.");
  }
  const { table } = model.options;
  const parts: readonly (readonly [string, unknown])[] = [
    [KEYS.model, jsonOf(model)],
    [KEYS.table, table],
    [KEYS.names, preprocessing ? table && Object.keys(table.options.columns) : table?.names],
    [KEYS.labels, labels],
  ];
  const written = parts
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => [key, JSON.stringify(value)]);
  return { ...Object.fromEntries(written), ...own };
}

/** Nothing, where an option is a function that no file can have: the graph says what it does. */
function jsonOf(model: Sequential<string>): object | undefined {
  try {
    return model.toJSON();
  } catch (error) {
    if (error instanceof ChainruleError) return undefined;
    throw error;
  }
}

/** The categories of the only target, if there are some. */
export function labelsOf(table: Table | undefined): readonly string[] | undefined {
  const targets = Object.values(table?.options.target ?? {});
  return targets.length === 1 ? targets[0].labels : undefined;
}
