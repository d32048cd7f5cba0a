import type { BinaryWriter } from "@bufbuild/protobuf/wire";
import { without } from "../../io/optional-package.js";
import type { Checksum } from "./records.js";

/** What event files are written with. */
export interface Packages {
  /** Where the bytes of a message are gathered. */
  newMessage(): BinaryWriter;
  readonly checksum: Checksum;
}

/** Loads `@bufbuild/protobuf` and `crc-32`. @throws ChainruleError that says how to install them */
export async function loadPackages(who: string): Promise<Packages> {
  const wire = await import("@bufbuild/protobuf/wire").catch(without(who, "@bufbuild/protobuf"));
  const crc = await import("crc-32/crc32c.js").catch(without(who, "crc-32"));
  // It is CommonJS, whose names not every loader finds.
  const { buf } = (crc as unknown as { default?: typeof crc }).default ?? crc;
  return { newMessage: () => new wire.BinaryWriter(), checksum: (bytes) => buf(bytes) };
}
