import { describe, didYouMean, fail } from "../errors.js";
import * as coders from "../tables/coders.js";
import { Table, type TableOptions } from "../tables/table.js";
import { expectTyped } from "./typed.js";

const factories: Readonly<Record<string, (options: object) => TableOptions["columns"][string]>> = coders;

/** A table from what its `toJSON` wrote. @throws ChainruleError for anything else */
export function readTable(who: string, json: unknown): Table {
  const { type, options } = expectTyped(who, json);
  if (type !== "Table") fail(who, "`table` to be a Table", describe(type));
  const { columns, target, ...rest } = options;
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) fail(who, "columns and target of a Table", JSON.stringify(unknown));
  const read = (side: unknown): TableOptions["columns"] => {
    if (typeof side !== "object" || side === null) return fail(who, "coders by column", describe(side));
    return Object.fromEntries(Object.entries(side).map(([name, coder]) => [name, readCoder(who, coder)]));
  };
  return new Table({ columns: read(columns), ...(target !== undefined && { target: read(target) }) });
}

function readCoder(who: string, json: unknown) {
  const { type, options } = expectTyped(who, json);
  if (!Object.hasOwn(factories, type)) {
    fail(who, "known coders of columns", describe(type), didYouMean(type, Object.keys(factories)));
  }
  return factories[type](options);
}
