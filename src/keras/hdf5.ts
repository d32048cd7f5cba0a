import { describe, fail } from "../errors.js";
import { without } from "../io/optional-package.js";
import { expectSoundHeaps } from "./hdf5-heaps.js";
import type { Tensor } from "./reading.js";

type Package = typeof import("h5wasm");
type File = InstanceType<Package["File"]>;
type Entity = NonNullable<ReturnType<File["get"]>>;

const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

/** How much more than a file's own size all that is read of it may be. */
const SLACK = 1e6;
const FLOAT = 1; // the class of floating-point numbers in HDF5

export const isHdf5 = (bytes: Uint8Array): boolean => SIGNATURE.every((byte, i) => bytes[i] === byte);

/** So that files that are read at once have names of their own. */
let count = 0;

/**
 * What `read` makes of an HDF5 file, from its bytes, in a file system in memory, from which it is gone afterwards.
 * @throws ChainruleError for a file that is none, or damaged
 */
export async function withHdf5<T>(who: string, bytes: Uint8Array, read: (file: Hdf5) => T): Promise<T> {
  expectSoundHeaps(who, bytes);
  const { File: Opened, ready } = await import("h5wasm").catch(without(who, "h5wasm"));
  const { FS, activate_throwing_error_handler: throwErrors } = await ready;
  throwErrors();
  const path = `/chainrule-${count++}.h5`;
  let file: File | undefined;
  try {
    FS.writeFile(path, bytes);
    file = new Opened(path, "r");
    return read(new Hdf5(who, file, 4 * bytes.length + SLACK));
  } catch (error) {
    if (error instanceof Error && error.name === "ChainruleError") throw error;
    const words = error instanceof Error ? error.message : String(error); // often pages of them
    const got = words.startsWith("HDF5-DIAG") ? "a damaged one" : `a damaged one (${words.split("\n")[0]})`;
    return fail(who, "a whole HDF5 file", got, "Write it again.");
  } finally {
    close(file);
    if (FS.analyzePath(path).exists) FS.unlink(path);
  }
}

function close(file: File | undefined): void {
  try {
    file?.close();
  } catch {
    // A damaged file may refuse that too.
  }
}

/** An open HDF5 file of which no more is read than it can hold. */
export class Hdf5 {
  constructor(
    private readonly who: string,
    private readonly file: File,
    private left: number,
  ) {}

  /** The names in a group, or `undefined` where there is none. */
  names(path: string): readonly string[] | undefined {
    const entity = this.at(path);
    return entity !== undefined && "keys" in entity ? entity.keys() : undefined;
  }

  /** A tensor of floats, or `undefined` where there is none. */
  tensor(path: string): Tensor | undefined {
    const entity = this.at(path);
    if (entity === undefined || !("slice" in entity)) return undefined;
    const { type, size, total_size, shape } = entity.metadata;
    if (type !== FLOAT) return fail(this.who, `floats in ${describe(path)}`, describe(entity.dtype));
    this.spend(path, size * total_size);
    const data = entity.value;
    if (!(data instanceof Float32Array || data instanceof Float64Array)) {
      return fail(this.who, `float32 or float64 in ${describe(path)}`, describe(entity.dtype));
    }
    return { shape: shape ?? [], data };
  }

  /** The text, or the texts, of an attribute. */
  attribute(path: string, name: string): unknown {
    const entity = this.at(path);
    if (entity === undefined || !("attrs" in entity)) return undefined;
    const { attrs } = entity;
    if (!Object.hasOwn(attrs, name)) return undefined;
    const { size, total_size } = attrs[name].metadata;
    this.spend(name, size * total_size);
    return attrs[name].json_value;
  }

  private at(path: string): Entity | undefined {
    let entity: Entity | undefined = this.file;
    for (const name of path.split("/").filter((part) => part !== "")) {
      if (entity === undefined || !("keys" in entity) || !entity.keys().includes(name)) return undefined;
      entity = entity.get(name) ?? undefined;
    }
    return entity;
  }

  private spend(what: string, bytes: number): void {
    this.left -= bytes;
    if (this.left >= 0) return;
    fail(this.who, "no more numbers than the file has room for", `${bytes} bytes in ${describe(what)}`);
  }
}
