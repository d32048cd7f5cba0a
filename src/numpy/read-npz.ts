import { didYouMean, fail } from "../errors.js";
import { type Bytes, expectBytes } from "../io/bytes.js";
import { without } from "../io/optional-package.js";
import type { Tensor } from "../io/tensors.js";
import { checkOptions, integer, optional, type Rule } from "../options.js";
import { crc32 } from "./crc32.js";
import { readArray } from "./read-npy.js";
import { zipEntries } from "./zip-entries.js";
import type { Entry } from "./zip-entry.js";

const WHO = "readNpz";

export interface ReadNpzOptions {
  /** Which arrays to read. Default: all. */
  names?: readonly string[];
  /** What they may take when they are unpacked. Default: 2 GiB. */
  maxBytes?: number;
}

/**
 * The arrays of a `.npz` file by name: what `np.savez` and `np.savez_compressed` write. For compressed ones it takes the
 * package `fflate`. Each array is as `readNpy` gives it.
 * @throws ChainruleError for what is no such file, for one that is damaged (checksums are compared), for one that unpacks to
 * more than `maxBytes`, which is known before it is done, and for an array that `readNpy` would refuse
 */
export async function readNpz(
  bytes: Bytes,
  options: ReadNpzOptions = {},
): Promise<Readonly<Record<string, Tensor>>> {
  const file = expectBytes(WHO, "a Uint8Array", bytes);
  checkOptions(WHO, options, { names: optional(texts), maxBytes: optional(integer(1)) });
  const entries = chosen(zipEntries(WHO, file), options.names);
  const { maxBytes = 2 ** 31 - 1 } = options;
  const size = entries.reduce((sum, entry) => sum + entry.size, 0);
  if (size > maxBytes) {
    fail(
      WHO,
      `arrays of at most ${maxBytes} bytes`,
      String(size),
      "Raise `maxBytes`, or read some of the `names`.",
    );
  }
  const unpack = entries.some(({ isDeflated }) => isDeflated) ? await unpacker() : undefined;
  const tensors: Record<string, Tensor> = Object.create(null);
  for (const entry of entries) {
    const name = nameOf(entry);
    const who = `${WHO}, ${JSON.stringify(name)},`;
    const unpacked = entry.isDeflated && unpack ? unpack(who, entry) : entry.stored;
    if (unpacked.length !== entry.size || crc32(unpacked) !== entry.crc) {
      fail(who, "bytes with the checksum of the archive", "others", "The file is damaged.");
    }
    tensors[name] = readArray(who, unpacked);
  }
  return tensors;
}

const texts: Rule = {
  expected: "a list of names",
  accepts: (v) => Array.isArray(v) && [...v].every((name) => typeof name === "string"),
};

const nameOf = ({ name }: Entry): string => name.replace(/\.npy$/, "");

/** The entries of these names, in the order of the archive. */
function chosen(entries: readonly Entry[], names?: readonly string[]): readonly Entry[] {
  const has = entries.map(nameOf);
  const missing = names?.find((name) => !has.includes(name));
  if (missing !== undefined) {
    const advice = didYouMean(missing, has) || `It has ${has.slice(0, 20).join(", ") || "none"}.`;
    fail(WHO, `an array ${JSON.stringify(missing)}`, "none", advice);
  }
  const wanted = names === undefined ? entries : entries.filter((entry) => names.includes(nameOf(entry)));
  const other = wanted.find(({ name }) => !name.endsWith(".npy"));
  if (other !== undefined) fail(WHO, "files that end in .npy", JSON.stringify(other.name), "Choose `names`.");
  return wanted;
}

/** Unpacks into as many bytes as the directory promised, and no more. */
async function unpacker(): Promise<(who: string, entry: Entry) => Uint8Array> {
  const { inflateSync } = await import("fflate").catch(without(WHO, "fflate"));
  return (who, { size, stored }) => {
    try {
      return inflateSync(stored, { out: new Uint8Array(size) });
    } catch (error) {
      return fail(who, "what Deflate wrote", (error as Error).message, "The file is damaged.");
    }
  };
}
