import { describe, didYouMean, fail } from "../errors.js";
import { asBytes, type Bytes, bytesAdvice } from "../io/bytes.js";

/** The bytes of weights: all in one, in a list, or by the names of their files. */
export type WeightBytes = Bytes | readonly Bytes[] | Readonly<Record<string, Bytes>>;

/** All bytes one behind the other. @throws ChainruleError for anything else, and for a file that is missing */
export function bytesOf(who: string, weights: unknown, paths: readonly string[] = []): Uint8Array {
  const one = asBytes(weights);
  if (one !== undefined) return one;
  const expected = "the weights' bytes (a Uint8Array, a list, or files by name)";
  const advice = bytesAdvice(weights);
  if (typeof weights !== "object" || weights === null || advice !== "") {
    return fail(who, expected, describe(weights), advice);
  }
  const parts = Array.isArray(weights) ? weights : inOrder(who, weights, paths);
  const all = parts.map((part) => asBytes(part) ?? fail(who, expected, describe(part), bytesAdvice(part)));
  const bytes = new Uint8Array(all.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of all) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Each file that the manifest names, by its path or the end of it. */
function inOrder(who: string, files: object, paths: readonly string[]): readonly unknown[] {
  const names = Object.keys(files);
  return paths.map((path) => {
    const name = names.find((one) => one === path) ?? names.find((one) => lastOf(one) === lastOf(path));
    if (name === undefined)
      return fail(who, `the file ${describe(path)}`, names.join(", ") || "none", didYouMean(path, names));
    return (files as Readonly<Record<string, unknown>>)[name];
  });
}

const lastOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
