import type { BinaryWriter } from "@bufbuild/protobuf/wire";
import { optionalPackage } from "../../io/optional-package.js";
import type { Checksum } from "./records.js";

/** What event files are written with. */
export interface Packages {
  /** Where the bytes of a message are gathered. */
  newMessage(): BinaryWriter;
  readonly checksum: Checksum;
}

/** Loads `@bufbuild/protobuf` and `crc-32`. @throws ChainruleError that says how to install them */
export async function loadPackages(who: string): Promise<Packages> {
  const wire = await optionalPackage(who, "@bufbuild/protobuf", () => import("@bufbuild/protobuf/wire"));
  const crc = await optionalPackage(who, "crc-32", () => import("crc-32/crc32c.js"));
  // It is CommonJS, whose names not every loader finds.
  const { buf } = (crc as unknown as { default?: typeof crc }).default ?? crc;
  return { newMessage: () => new wire.BinaryWriter(), checksum: (bytes) => buf(bytes) };
}
