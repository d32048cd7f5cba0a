import type { BinaryWriter } from "@bufbuild/protobuf/wire";

/** How a field's value stands in a message: the wire types of protobuf. */
const wire = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

/** A field of a message: its number and what is in it. */
export type Field =
  | readonly [number, "double" | "float" | "int64" | "uint32" | "bool", number]
  | readonly [number, "string", string]
  | readonly [number, "bytes", Uint8Array]
  | readonly [number, "doubles", ArrayLike<number>]
  | readonly [number, "message", readonly Field[]];

/** The fields of a message, written in their order. https://protobuf.dev/programming-guides/encoding */
export function writeFields(to: BinaryWriter, fields: readonly Field[]): BinaryWriter {
  for (const field of fields) writeField(to, field);
  return to;
}

function writeField(to: BinaryWriter, [number, kind, value]: Field): void {
  switch (kind) {
    case "double":
      to.tag(number, wire.fixed64).double(value);
      break;
    case "float":
      to.tag(number, wire.fixed32).float(value);
      break;
    case "int64":
      to.tag(number, wire.varint).int64(value);
      break;
    case "uint32":
      to.tag(number, wire.varint).uint32(value);
      break;
    case "bool":
      to.tag(number, wire.varint).bool(value !== 0);
      break;
    case "string":
      to.tag(number, wire.bytes).string(value);
      break;
    case "bytes":
      to.tag(number, wire.bytes).bytes(value);
      break;
    case "doubles": {
      to.tag(number, wire.bytes).fork();
      for (let i = 0; i < value.length; i++) to.double(value[i]);
      to.join();
      break;
    }
    case "message":
      writeFields(to.tag(number, wire.bytes).fork(), value).join();
      break;
  }
}
