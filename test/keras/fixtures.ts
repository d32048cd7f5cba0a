import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

const folder = fileURLToPath(new URL("../fixtures/keras/", import.meta.url));

/** What test/golden/keras_files.py remembers of a file: inputs, and what Keras makes of them. */
export interface Remembered {
  readonly x: readonly (readonly number[])[];
  readonly y: readonly (readonly number[])[];
  readonly targets?: readonly (readonly number[])[];
  readonly losses?: readonly number[];
  readonly after?: readonly (readonly number[])[];
}

export interface KerasJson {
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>>;
}

interface Golden {
  readonly version: string;
  readonly files: Readonly<Record<string, Remembered>>;
  /** A model of an InputLayer alone, and layers to put behind it. */
  readonly model: { readonly config: { readonly layers: readonly object[] } };
  readonly plain: readonly { readonly layer: KerasJson; readonly y: readonly number[] }[];
  readonly x: readonly number[];
}

export const golden = JSON.parse(readFileSync(`${folder}keras.json`, "utf8")) as Golden;

/** A file that Keras wrote. */
export const kerasFile = (name: string): Uint8Array => gunzipSync(readFileSync(`${folder}${name}.gz`));

/** The largest difference of two lists of rows. */
export function largestDifference(
  a: readonly (readonly number[])[],
  b: readonly (readonly number[])[],
): number {
  const [left, right] = [a.flat(), b.flat()];
  if (left.length !== right.length) return Number.POSITIVE_INFINITY;
  return Math.max(...left.map((value, i) => Math.abs(value - right[i])));
}
