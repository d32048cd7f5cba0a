import { fail } from "../errors.js";
import { fromBrain, fromHalf } from "../io/tensors.js";
import type { Floats } from "../kernels/kernels.js";
import type { TensorProto } from "./messages.js";

/** A tensor of a graph that no input changes. */
export interface Constant {
  readonly type: ElementType;
  /** The sides; none for a single number. */
  readonly dims: readonly number[];
  /** Row after row: floats in their width, halves as float32, whole numbers and truth values as float64. */
  readonly data: Floats;
}

/** What a tensor's numbers are: halves are read as float32, and all whole numbers alike. */
export type ElementType = "float32" | "float64" | "integer" | "bool";

/** How one of ONNX's types is stored: beside `raw_data` in a list of its own. */
interface Stored {
  readonly type: ElementType;
  readonly bytes: number;
  /** Reads the number at `at` of the raw bytes. */
  raw(view: DataView, at: number): number;
  /** The numbers of the list. */
  list(tensor: TensorProto): ArrayLike<number | bigint>;
  /** What a number of the list stands for, where it stands for another. */
  widen?(bits: number): number;
}

const int32 = (tensor: TensorProto) => tensor.int32Data;
const int64 = (tensor: TensorProto) => tensor.int64Data;
const float32 = (tensor: TensorProto) => tensor.floatData;
const float64 = (tensor: TensorProto) => tensor.doubleData;
const half = (widen: (bits: number) => number): Stored => ({
  ...{ type: "float32", bytes: 2, list: int32, widen },
  raw: (view, at) => widen(view.getUint16(at, true)),
});

/** By the numbers that stand for them. */
const storedTypes: ReadonlyMap<number, Stored> = /* @__PURE__ */ new Map<number, Stored>([
  [1, { type: "float32", bytes: 4, raw: (view, at) => view.getFloat32(at, true), list: float32 }],
  [6, { type: "integer", bytes: 4, raw: (view, at) => view.getInt32(at, true), list: int32 }],
  [7, { type: "integer", bytes: 8, raw: (view, at) => Number(view.getBigInt64(at, true)), list: int64 }],
  [9, { type: "bool", bytes: 1, raw: (view, at) => view.getUint8(at), list: int32 }],
  [10, half(fromHalf)],
  [11, { type: "float64", bytes: 8, raw: (view, at) => view.getFloat64(at, true), list: float64 }],
  [16, half(fromBrain)],
]);

/** The kind of numbers behind one of ONNX's types. Nothing for types that no layer of ours takes. */
export const elementType = (code: number): ElementType | undefined => storedTypes.get(code)?.type;

/**
 * The numbers of a tensor. Sizes are checked in full before there is memory for them.
 * @throws ChainruleError for numbers in a file of their own, of another type, or not as many as the sides say
 */
export function readConstant(who: string, tensor: TensorProto): Constant {
  if (tensor.dataLocation === 1 || tensor.externalData.length > 0) {
    const advice = "Save the model as one file: onnx.save(onnx.load(path), path) in Python.";
    fail(who, "numbers in the file itself", "external data", advice);
  }
  const stored = storedTypes.get(tensor.dataType);
  if (stored === undefined || tensor.segment !== undefined) {
    const got = stored === undefined ? `type ${tensor.dataType}` : "a segment of a tensor";
    return fail(who, "floats, halves, whole numbers or truth values", got, "Export the model in float32.");
  }
  const { type, bytes, raw, list, widen } = stored;
  const length = tensor.dims.reduce((product, side) => product * side, 1n);
  const { rawData } = tensor;
  const values = list(tensor);
  const isRaw = rawData.length > 0;
  const got = isRaw ? rawData.length / bytes : values.length;
  if (tensor.dims.some((side) => side < 0n) || length !== BigInt(Math.floor(got)) || got % 1 !== 0) {
    fail(who, `${length} numbers for [${tensor.dims.join(" × ")}]`, String(got), "Is the file damaged?");
  }
  const data = type === "float32" ? new Float32Array(got) : new Float64Array(got);
  const view = new DataView(rawData.buffer, rawData.byteOffset, rawData.byteLength);
  if (isRaw) for (let i = 0; i < got; i++) data[i] = raw(view, i * bytes);
  else for (let i = 0; i < got; i++) data[i] = widen?.(Number(values[i])) ?? Number(values[i]);
  return { type, dims: tensor.dims.map(Number), data };
}
