import type { MessageInitShape } from "@bufbuild/protobuf";
import type * as Onnx from "onnx-buf";
import { fail } from "../errors.js";
import { type Bytes, expectBytes } from "../io/bytes.js";
import { without } from "../io/optional-package.js";

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

/** A model that has a graph. */
export type WholeModel = Onnx.ModelProto & { graph: Onnx.GraphProto };

/** The messages of ONNX files, once the packages for them are loaded. */
export interface Messages {
  /** The numbers that stand for types of tensors: `DataType.FLOAT`. */
  readonly DataType: typeof Onnx.TensorProto_DataType;
  /** The same for attributes: `AttributeType.INTS`. */
  readonly AttributeType: typeof Onnx.AttributeProto_AttributeType;
  encode(model: ModelInit): Uint8Array;
  /** @throws ChainruleError for bytes that are no such message, and for one without a graph, as no bytes at all are */
  decode(bytes: Bytes): WholeModel;
}

/** No message may be longer: protobuf counts bytes in 31 bits. */
export const MOST_BYTES = 2 ** 31 - 1;

/** Loads the packages `onnx-buf` and `@bufbuild/protobuf`. @throws ChainruleError that says how to install them */
export async function loadMessages(who: string): Promise<Messages> {
  const onnx = await import("onnx-buf").catch(without(who, "onnx-buf"));
  const protobuf = await import("@bufbuild/protobuf").catch(without(who, "@bufbuild/protobuf"));
  const { ModelProtoSchema, TensorProto_DataType, AttributeProto_AttributeType } = onnx;
  return {
    DataType: TensorProto_DataType,
    AttributeType: AttributeProto_AttributeType,
    encode: (model) => protobuf.toBinary(ModelProtoSchema, protobuf.create(ModelProtoSchema, model)),
    decode(bytes) {
      const file = expectBytes(who, "the bytes of an ONNX file", bytes);
      let model: Onnx.ModelProto;
      try {
        model = protobuf.fromBinary(ModelProtoSchema, file);
      } catch (error) {
        return fail(who, "the bytes of an ONNX file", `others: ${(error as Error).message}`);
      }
      if (model.graph === undefined) fail(who, "a model with a graph", "none", "Is this an ONNX file?");
      return model as WholeModel;
    },
  };
}
