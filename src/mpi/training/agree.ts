import type { Collective } from "../../distributed/collective.js";
import { fail } from "../../errors.js";
import type { Parameter } from "../../parameter.js";

/**
 * Compares what should be the same on every rank, by name.
 * @throws ChainruleError on every rank, the same, that names the first rank and the first thing that differs
 */
export function expectAlike(collective: Collective, own: Readonly<Record<string, string>>): void {
  const first = JSON.parse(share(collective, JSON.stringify(own), 0)) as Record<string, string>;
  const name = Object.keys({ ...first, ...own }).find((key) => first[key] !== own[key]);
  const lengths = new Float64Array(collective.size);
  const got =
    name === undefined
      ? ""
      : `${short(own[name])} on rank ${collective.rank}, ${short(first[name])} on rank 0`;
  lengths[collective.rank] = got.length;
  collective.allReduceSum(lengths);
  const other = lengths.findIndex((length) => length > 0);
  if (other < 0) return;
  const [what, difference] = JSON.parse(share(collective, JSON.stringify([name, got]), other)) as string[];
  fail(
    "fit with `distribute`",
    `${what} to be the same on every rank`,
    difference,
    "Run the same script everywhere.",
  );
}

/** The text of one rank, on every rank. */
function share(collective: Collective, own: string, root: number): string {
  const bytes = new TextEncoder().encode(own);
  const length = Float64Array.of(bytes.length);
  collective.broadcast(length, root);
  const shared = collective.rank === root ? bytes : new Uint8Array(length[0]);
  collective.broadcast(shared, root);
  return new TextDecoder().decode(shared);
}

const short = (text: string | undefined): string => {
  const written = text ?? "none";
  return written.length > 60 ? `${written.slice(0, 57)}…` : written;
};

/** A short text that is another for other numbers, almost surely. FNV-1a on words, twice. */
export function digestOf(parameters: readonly Pick<Parameter, "value">[]): string {
  let [a, b] = [0x811c9dc5, 0x9e3779b9];
  for (const { value } of parameters) {
    const { buffer, byteOffset, byteLength } = value.data;
    const words = new Uint32Array(buffer, byteOffset, byteLength >> 2);
    for (let i = 0; i < words.length; i++) {
      a = Math.imul(a ^ words[i], 0x01000193);
      b = Math.imul((b << 5) ^ (b >>> 27) ^ words[i], 0x85ebca6b);
    }
  }
  return [a, b].map((half) => (half >>> 0).toString(16).padStart(8, "0")).join("");
}
