import { readFileSync } from "node:fs";
import { type DType, Matrix, meanSquaredError, type Sequential, SGD } from "chainrule";

/** A model as PyTorch wrote it, what it gives there, and what a short training there came to. */
export interface PyTorchCase {
  readonly name: string;
  readonly dtype: DType;
  readonly kind: "numbers" | "indices";
  readonly y: readonly number[];
  readonly losses?: readonly number[];
  readonly after?: readonly number[];
  readonly onnx: string;
}

interface Golden {
  readonly inputs: Readonly<Record<PyTorchCase["kind"], number[][]>>;
  readonly cases: readonly PyTorchCase[];
}

const path = new URL("../../golden/onnx_files.json", import.meta.url);
const golden = JSON.parse(readFileSync(path, "utf8")) as Golden;

export const cases = golden.cases;
export const inputsOf = ({ kind, dtype }: PyTorchCase): Matrix => Matrix.from(golden.inputs[kind], dtype);
export const bytesOf = ({ onnx }: PyTorchCase): Uint8Array => new Uint8Array(Buffer.from(onnx, "base64"));

/** The ten steps that PyTorch did, and the losses on the way. */
export function trainAsThere(model: Sequential, x: Matrix): readonly number[] {
  const [rows, cols] = [x.rows, model.outputSize];
  const y = Matrix.zeros(rows, cols, x.dtype).map((_, r, c) => -1 + (2 * (r * cols + c)) / (rows * cols - 1));
  model.compile({ loss: meanSquaredError(), optimizer: new SGD({ learningRate: 0.02, momentum: 0.9 }) });
  return Array.from({ length: 10 }, () => model.trainBatch(x, y));
}

/** How far two lists are apart at most, beside 1 or the numbers themselves. */
export function difference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let most = 0;
  for (let i = 0; i < a.length; i++) {
    const apart = Math.abs(a[i] - b[i]) / Math.max(1, Math.abs(b[i]));
    most = Number.isNaN(apart) ? Number.POSITIVE_INFINITY : Math.max(most, apart);
  }
  return most;
}
