import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { csv } from "chainrule/node";

/** The rows of a file in examples/data, whose columns all are numbers. */
export async function rowsOf(name: string): Promise<Record<string, number>[]> {
  const path = fileURLToPath(new URL(`../data/${name}.csv`, import.meta.url));
  const [header] = (await readFile(path, "utf8")).split("\n", 1);
  const columns = Object.fromEntries(header.split(",").map((column) => [column, "number" as const]));
  const rows = await csv(path, { columns }).toArray();
  return rows as Record<string, number>[]; // of numbers alone: any other would be an error
}
