import { fail } from "../errors.js";
import { without } from "../io/optional-package.js";

/** What a file may unpack to, beside four times its own size: weights hardly compress, JSON does. */
const SLACK = 16e6;

/** Whether bytes are a zip file, by those with which each begins. */
export const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;

/**
 * The files of these names in a zip file.
 * @throws ChainruleError for one that is damaged, that lacks one of them, or that unpacks to far more than it is
 */
export async function unzip<Name extends string>(
  who: string,
  bytes: Uint8Array,
  names: readonly Name[],
): Promise<Readonly<Record<Name, Uint8Array>>> {
  const { unzipSync } = await import("fflate").catch(without(who, "fflate"));
  let left = 4 * bytes.length + SLACK;
  let files: Record<string, Uint8Array>;
  try {
    files = unzipSync(bytes, {
      filter({ name, originalSize }) {
        if (!(names as readonly string[]).includes(name)) return false;
        left -= originalSize;
        if (left < 0) throw new Error(`${name} says that it unpacks to ${originalSize} bytes`);
        return true;
      },
    });
  } catch (error) {
    return fail(who, "a whole zip file", (error as Error).message);
  }
  for (const name of names) {
    if (!Object.hasOwn(files, name))
      fail(who, `${name} in the file`, "none", "Is it a whole model of Keras 3?");
  }
  return files as Record<Name, Uint8Array>;
}
