import { describe, fail } from "../errors.js";
import { kinds } from "../io/tensors.js";
import { isObject, own } from "./config.js";
import type { Place, Tensor, WeightFile } from "./reading.js";
import { WeightNames } from "./weight-names.js";

/** How the numbers of one weight are stored. */
interface Spec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly scale: number;
  readonly min: number;
}

const widths: Readonly<Record<string, number>> = { float32: 4, int32: 4, float16: 2, uint16: 2, uint8: 1 };

/** The weights that TensorFlow.js stores one behind the other, in the order of their specs. */
export class TensorFlowJsWeights implements WeightFile {
  private readonly tensors = new Map<string, Tensor>();
  private readonly names: WeightNames;
  private readonly unused = new Set<string>();

  /** @throws ChainruleError for specs that are none, or that are not of so many bytes */
  constructor(
    private readonly who: string,
    specs: readonly unknown[],
    bytes: Uint8Array,
  ) {
    const read = specs.map((json) => specOf(who, json));
    const total = read.reduce((sum, { shape, dtype }) => sum + sizeOf(shape) * widths[dtype], 0);
    if (total !== bytes.length) {
      fail(
        who,
        `${total} bytes of weights, as the manifest says`,
        String(bytes.length),
        "Are all files there, and whole?",
      );
    }
    let at = 0;
    for (const spec of read) {
      const end = at + sizeOf(spec.shape) * widths[spec.dtype];
      if (this.tensors.has(spec.name)) fail(who, "each weight once", `${describe(spec.name)} twice`);
      this.tensors.set(spec.name, { shape: spec.shape, data: numbers(spec, bytes.slice(at, end)) });
      this.unused.add(spec.name);
      at = end;
    }
    this.names = new WeightNames(who, this.tensors.keys());
  }

  find({ names }: Place, weight: string): Tensor | undefined {
    const name = this.names.find(names, weight);
    if (name === undefined) return undefined;
    this.unused.delete(name);
    return this.tensors.get(name);
  }

  expectAllUsed(): void {
    for (const name of this.unused) fail(this.who, "weights that a layer has", describe(name));
  }
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, side) => product * side, 1);

function specOf(who: string, json: unknown): Spec {
  const name = own(json, "name");
  if (typeof name !== "string")
    return fail(who, "weights with a name", describe(isObject(json) ? name : json));
  const label = `${who}, weight ${describe(name)},`;
  const [shape, quantization] = [own(json, "shape"), own(json, "quantization")];
  const isShape = Array.isArray(shape) && shape.every((side) => Number.isSafeInteger(side) && side >= 0);
  if (!isShape || sizeOf(shape) > 2 ** 40) return fail(label, "a shape", describe(shape));
  const dtype = own(quantization, "dtype") ?? own(json, "dtype");
  if (typeof dtype !== "string" || !Object.hasOwn(widths, dtype)) {
    return fail(label, `one of the dtypes ${Object.keys(widths).join(", ")}`, describe(dtype));
  }
  const isScaled = quantization !== undefined && dtype.startsWith("uint");
  const [scale, min] = isScaled ? [own(quantization, "scale"), own(quantization, "min")] : [1, 0];
  if (typeof scale !== "number" || typeof min !== "number") {
    return fail(label, "`scale` and `min` of its quantization", `${describe(scale)} and ${describe(min)}`);
  }
  return { name, shape, dtype, scale, min };
}

/** q·scale + min, where numbers are quantized. */
function numbers({ dtype, scale, min }: Spec, { buffer }: Uint8Array): Float32Array {
  const bytes = buffer as ArrayBuffer;
  if (dtype === "float32") return new Float32Array(bytes);
  if (dtype === "int32") return Float32Array.from(new Int32Array(bytes));
  if (dtype === "float16") return Float32Array.from(new Uint16Array(bytes), kinds.F16.widen);
  const whole = dtype === "uint8" ? new Uint8Array(bytes) : new Uint16Array(bytes);
  return Float32Array.from(whole, (q) => q * scale + min);
}
