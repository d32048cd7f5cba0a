const inspect = Symbol.for("nodejs.util.inspect.custom");

/** A value as `console.log` would print it, near enough. */
export function format(value: unknown, depth = 0): string {
  if (typeof value === "string") return depth === 0 ? value : `'${value}'`;
  if (typeof value === "function") return `[Function: ${value.name}]`;
  if (typeof value !== "object" || value === null) return String(value);
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (inspect in value) return String((value[inspect] as () => unknown)());
  const list = listOf(value);
  if (list !== undefined) {
    const items = list.slice(0, 100).map((item) => format(item, depth + 1));
    const more = list.length > 100 ? [`… ${list.length - 100} more`] : [];
    return items.length === 0 ? "[]" : wrap("[", [...items, ...more], "]");
  }
  const entries = Object.entries(value).map(([name, item]) => `${name}: ${format(item, depth + 1)}`);
  return entries.length === 0 ? "{}" : wrap("{", entries, "}");
}

/** Ten or more numbers, which are drawn as a line too. */
export function lineOf(value: unknown): readonly number[] | undefined {
  const list = typeof value === "object" && value !== null ? listOf(value) : undefined;
  const numbers = list?.every((item) => typeof item === "number" && Number.isFinite(item));
  return numbers && list !== undefined && list.length >= 10 ? (list as number[]) : undefined;
}

/** What is written below such a line. */
export function labelOf(values: readonly number[]): string {
  return `${values.length} numbers, from ${inShort(values[0])} to ${inShort(values[values.length - 1])}`;
}

/** Three digits of a number. */
export const inShort = (value: number): string => Number(value.toPrecision(3)).toString();

function listOf(value: object): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  return ArrayBuffer.isView(value) && !(value instanceof DataView) ? [...(value as Float32Array)] : undefined;
}

function wrap(open: string, items: readonly string[], close: string): string {
  const line = `${open} ${items.join(", ")} ${close}`;
  if (line.length <= 72 && !line.includes("\n")) return line;
  return `${open}\n${items.map((item) => `  ${item.replaceAll("\n", "\n  ")}`).join(",\n")}\n${close}`;
}
