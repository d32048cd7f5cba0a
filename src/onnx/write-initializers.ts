import { describe, fail } from "../errors.js";
import type { DType, Floats } from "../kernels/kernels.js";
import type { Parameter } from "../parameter.js";
import { formatShape, type Shape, sizeOf } from "../shape.js";
import { type Messages, MOST_BYTES, type TensorInit } from "./messages.js";
import type { OnnxValue } from "./onnx-graph.js";

/** The tensors that a file holds: parameters and constants, as bytes in the order of little-endian machines. */
export class Initializers {
  readonly tensors: TensorInit[] = [];
  private readonly known = new Map<string, OnnxValue>();
  private bytes = 0;

  constructor(
    private readonly who: string,
    private readonly messages: Messages,
  ) {}

  has(name: string): boolean {
    return this.known.has(name);
  }

  add(name: string, numbers: ArrayLike<number>, shape: Shape, dtype: DType): OnnxValue {
    if (numbers.length !== sizeOf(shape)) {
      fail(`${this.who}, ${name},`, `${sizeOf(shape)} numbers`, String(numbers.length));
    }
    const isSingle = dtype === "float32";
    this.expectRoom(numbers.length * (isSingle ? 4 : 8));
    if (!(numbers instanceof Float32Array || numbers instanceof Float64Array)) {
      for (let i = 0; i < numbers.length; i++) {
        const one: unknown = numbers[i];
        if (typeof one !== "number") fail(`${this.who}, ${name},`, "numbers", describe(one));
      }
    }
    return this.keep(name, isSingle ? Float32Array.from(numbers) : Float64Array.from(numbers), shape);
  }

  addIndices(name: string, numbers: readonly number[]): OnnxValue {
    return this.keep(name, BigInt64Array.from(numbers, BigInt), [numbers.length]);
  }

  /** The value of a parameter, under its name, once; the bits as they are, of NaN too. */
  addParameter({ name, value: { data } }: Parameter, shape: Shape): OnnxValue {
    const known = this.known.get(name);
    if (sizeOf(shape) !== data.length)
      fail(`${this.who}, ${name},`, `a shape of ${data.length} numbers`, formatShape(shape));
    if (known !== undefined) return known;
    this.expectRoom(data.byteLength);
    return this.keep(name, data, shape);
  }

  private keep(name: string, numbers: Floats | BigInt64Array, shape: Shape): OnnxValue {
    const { DataType } = this.messages;
    const { buffer, byteOffset, byteLength } = numbers;
    const floats = numbers instanceof Float32Array ? DataType.FLOAT : DataType.DOUBLE;
    this.tensors.push({
      name,
      dims: shape.map(BigInt),
      dataType: numbers instanceof BigInt64Array ? DataType.INT64 : floats,
      rawData: new Uint8Array(buffer, byteOffset, byteLength).slice(), // which training does not change
    });
    const value = { name, shape };
    this.known.set(name, value);
    return value;
  }

  /** @throws ChainruleError, before there is memory for them, for more bytes than a file may have */
  private expectRoom(bytes: number): void {
    this.bytes += bytes;
    if (this.bytes <= MOST_BYTES) return;
    const advice = "Make it smaller, in float32 say, or cut it into several models.";
    fail(this.who, "a model of less than 2 GB, which an ONNX file may have", "a larger one", advice);
  }
}
