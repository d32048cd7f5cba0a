import { Matrix, type Shape, sizeOf } from "chainrule";
import { env, InferenceSession, Tensor } from "onnxruntime-web";

env.wasm.numThreads = 1; // more would be threads that Node does not end
env.logLevel = "error";

/** A model in ONNX Runtime. */
export interface Session {
  /** What it makes of the rows of x, read as `shape`. */
  run(x: Matrix, shape?: Shape): Promise<Matrix>;
  release(): Promise<void>;
}

/** The session of a file with one input and one output. */
export async function sessionOf(bytes: Uint8Array): Promise<Session> {
  const session = await InferenceSession.create(bytes);
  const [input] = session.inputNames;
  const [output] = session.outputNames;
  return {
    async run(x, shape = [x.cols]) {
      const tensor = new Tensor(x.dtype, x.data.slice(), [x.rows, ...shape]);
      const { data, dims } = (await session.run({ [input]: tensor }))[output];
      return new Matrix(dims[0], sizeOf(dims.slice(1)), data as Float32Array | Float64Array);
    },
    release: () => session.release(),
  };
}

/** What ONNX Runtime makes of the rows of x, read as `shape`. */
export async function runOnnx(bytes: Uint8Array, x: Matrix, shape?: Shape): Promise<Matrix> {
  const session = await sessionOf(bytes);
  try {
    return await session.run(x, shape);
  } finally {
    await session.release();
  }
}

/** The largest difference of two matrices, |a − b| / max(1, |b|); equal infinities, and two NaN, do not differ. */
export function difference(a: Matrix, b: Matrix): number {
  if (a.rows !== b.rows || a.cols !== b.cols) return Number.POSITIVE_INFINITY;
  let largest = 0;
  for (const [i, wanted] of b.data.entries()) {
    if (Object.is(a.data[i], wanted) || a.data[i] === wanted) continue;
    const one = Math.abs(a.data[i] - wanted) / Math.max(1, Math.abs(wanted));
    largest = Math.max(largest, Number.isNaN(one) ? Number.POSITIVE_INFINITY : one);
  }
  return largest;
}
