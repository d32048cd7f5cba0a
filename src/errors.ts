/** What this library throws on bad input: `Who expects what, but got what.` and what to change. */
export class ChainruleError extends Error {
  override readonly name = "ChainruleError";
}

/** Throws "`who` expects `expected`, but got `got`. `advice`" */
export function fail(who: string, expected: string, got: string, advice = ""): never {
  throw new ChainruleError(`${who} expects ${expected}, but got ${got}.${advice === "" ? "" : ` ${advice}`}`);
}

/** A value in the words of an error message: `3`, `"relu"`, `an array of 4`, `a [2 × 3] Matrix`. */
export function describe(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function") return value.name === "" ? "a function" : `the function ${value.name}`;
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (ArrayBuffer.isView(value)) return `a ${value.constructor.name}`;
  if ("rows" in value && "cols" in value) return `a ${size(value)} Matrix`;
  const name = (value as { constructor?: { name?: string } }).constructor?.name;
  return name === undefined || name === "Object"
    ? `an object {${Object.keys(value).join(", ")}}`
    : `a ${name}`;
}

/** The size of a matrix as errors and summaries print it: `[32 × 784]`. */
export function size(of: { readonly rows?: unknown; readonly cols?: unknown }): string {
  return `[${String(of.rows)} × ${String(of.cols)}]`;
}

/** ` Did you mean "units"?` where one of the known names is close to the unknown one, else nothing. */
export function didYouMean(name: string, known: Iterable<string>): string {
  let best = "";
  let bestDistance = Math.max(1, Math.floor(name.length / 3)) + 1;
  for (const candidate of known) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best === "" ? "" : `Did you mean ${JSON.stringify(best)}?`;
}

/** How many letters must be inserted, deleted or replaced to turn `a` into `b` (Levenshtein 1966). */
function editDistance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 8 || a.length > 64) return Number.POSITIVE_INFINITY;
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(previous[j] + 1, current[j - 1] + 1, replaced));
    }
    previous = current;
  }
  return previous[b.length];
}
