import type { MessageInitShape } from "@bufbuild/protobuf";
import type * as Onnx from "onnx-buf";
import { describe, fail } from "../errors.js";
import { optionalPackage } from "../io/optional-package.js";

export type {
  AttributeProto,
  GraphProto,
  ModelProto,
  NodeProto,
  TensorProto,
  ValueInfoProto,
} from "onnx-buf";

/** A message as its fields: what is left out has its default. */
export type ModelInit = MessageInitShape<typeof Onnx.ModelProtoSchema>;
export type NodeInit = MessageInitShape<typeof Onnx.NodeProtoSchema>;
export type TensorInit = MessageInitShape<typeof Onnx.TensorProtoSchema>;
export type AttributeInit = MessageInitShape<typeof Onnx.AttributeProtoSchema>;
export type ValueInfoInit = MessageInitShape<typeof Onnx.ValueInfoProtoSchema>;

/** The messages of ONNX files, once the packages for them are loaded. */
export interface Messages {
  /** The numbers that stand for types of tensors: `DataType.FLOAT`. */
  readonly DataType: typeof Onnx.TensorProto_DataType;
  /** The same for attributes: `AttributeType.INTS`. */
  readonly AttributeType: typeof Onnx.AttributeProto_AttributeType;
  encode(model: ModelInit): Uint8Array;
  /** @throws ChainruleError for bytes that are no such message */
  decode(bytes: Uint8Array): Onnx.ModelProto;
}

/** No message may be longer: protobuf counts bytes in 31 bits. */
export const MOST_BYTES = 2 ** 31 - 1;

/** Loads the packages `onnx-buf` and `@bufbuild/protobuf`. @throws ChainruleError that says how to install them */
export async function loadMessages(who: string): Promise<Messages> {
  const onnx = await optionalPackage(who, "onnx-buf", () => import("onnx-buf"));
  const protobuf = await optionalPackage(who, "@bufbuild/protobuf", () => import("@bufbuild/protobuf"));
  const { ModelProtoSchema, TensorProto_DataType, AttributeProto_AttributeType } = onnx;
  return {
    DataType: TensorProto_DataType,
    AttributeType: AttributeProto_AttributeType,
    encode: (model) => protobuf.toBinary(ModelProtoSchema, protobuf.create(ModelProtoSchema, model)),
    decode(bytes) {
      if (!(bytes instanceof Uint8Array)) fail(who, "the bytes of an ONNX file", describe(bytes));
      try {
        return protobuf.fromBinary(ModelProtoSchema, bytes);
      } catch (error) {
        return fail(who, "the bytes of an ONNX file", `others: ${(error as Error).message}`);
      }
    },
  };
}
