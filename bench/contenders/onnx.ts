import type { PredictTask } from "../tasks.js";
import { floats } from "./floats.js";
import { onnxModel } from "./onnx-model.js";
import { job, serve } from "./serve.js";

/** What is used of ONNX Runtime, which is installed in the benchmark's folder only. */
interface Runtime {
  readonly env: { wasm: { numThreads?: number }; versions: Record<string, string> };
  Tensor: new (type: "float32", data: Float32Array, shape: readonly number[]) => Tensor;
  InferenceSession: { create(model: Uint8Array, options: object): Promise<Session> };
}
interface Tensor {
  readonly data: Float32Array;
}
interface Session {
  run(inputs: Record<string, Tensor>): Promise<Record<string, Tensor>>;
}

const name = String(job.how.package);
const runtime = (await import(name)) as Runtime & { default?: Runtime };
const { env, InferenceSession, Tensor } = runtime.InferenceSession ? runtime : runtime.default!;
const { rows, widths } = job.task as PredictTask;

await serve(async () => {
  if (name === "onnxruntime-web") env.wasm.numThreads = job.threads;
  const inputs = floats(job.files.inputs);
  const session = await InferenceSession.create(onnxModel(widths), {
    intraOpNumThreads: job.threads,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  const size = rows * widths[0];
  const batches = Array.from({ length: inputs.length / size }, (_, i) => {
    return new Tensor("float32", inputs.subarray(i * size, (i + 1) * size), [rows, widths[0]]);
  });
  return {
    version: `${name} ${env.versions.node ?? env.versions.web ?? env.versions.common}`,
    async check() {
      const { y } = await session.run({ x: batches[0] });
      return Array.from(y.data.subarray(0, widths[widths.length - 1]));
    },
    async run(amount) {
      const calls = Math.ceil(amount / rows);
      for (let i = 0; i < calls; i++) await session.run({ x: batches[i % batches.length] });
      return calls * rows;
    },
  };
});
