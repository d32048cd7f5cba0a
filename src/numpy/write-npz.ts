import { describe, fail } from "../errors.js";
import { without } from "../io/optional-package.js";
import type { TensorLike } from "../io/tensors.js";
import { Matrix } from "../matrix.js";
import { checkOptions, flag, optional } from "../options.js";
import { writeArray } from "./write-npy.js";

const WHO = "writeNpz";
/** Every file has one: the first that a ZIP archive can say, so that the same arrays give the same bytes. */
const TIME = "1980-01-01T00:00:00";

const LONGEST_NAME = 10_000;
/** How many files the directory can count. */
const MOST = 65_535;

export interface WriteNpzOptions {
  /** Whether to compress the arrays, as `np.savez_compressed` does. Default: false. */
  compress?: boolean;
}

/**
 * Arrays by name as a `.npz` file, for `np.load`. It takes the package `fflate`. The same arrays give the same bytes.
 * @throws ChainruleError for an array that `writeNpy` would refuse, and for an archive of 4 GiB or more
 */
export async function writeNpz(
  arrays: Readonly<Record<string, TensorLike>>,
  options: WriteNpzOptions = {},
): Promise<Uint8Array> {
  const isRecord = typeof arrays === "object" && arrays !== null && !Array.isArray(arrays);
  if (!isRecord || Matrix.isMatrix(arrays)) fail(WHO, "arrays by name", describe(arrays), "Write { x, y }.");
  checkOptions(WHO, options, { compress: optional(flag) });
  const files = Object.entries(arrays).map(([name, array]) => {
    if (name === "" || name.length > LONGEST_NAME) {
      fail(WHO, `names of 1 to ${LONGEST_NAME} characters`, `one of ${name.length}`);
    }
    // Python's zipfile ends a name at U+0000, and half a character is written as another one.
    if (/[\0\p{Cs}]/u.test(name)) fail(WHO, "names of whole characters", JSON.stringify(name));
    return [`${name}.npy`, writeArray(`${WHO}, ${JSON.stringify(name)},`, array)] as const;
  });
  const size = files.reduce((sum, [name, bytes]) => sum + bytes.length + 4 * name.length + 200, 0);
  if (files.length > MOST) fail(WHO, `at most ${MOST} arrays`, String(files.length));
  if (size >= 2 ** 32) fail(WHO, "arrays below 4 GiB in all", `${size} bytes`, "Write several files.");
  const { zipSync } = await import("fflate").catch(without(WHO, "fflate"));
  return zipSync(Object.fromEntries(files), { level: options.compress === true ? 6 : 0, mtime: TIME });
}
