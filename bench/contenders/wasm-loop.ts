import { engine, loopModule, OPERATIONS } from "../wasm-module.js";
import { job, missing, serve } from "./serve.js";

/** Multiply-adds of four numbers at a time, as fast as this engine does them: the ceiling of any kernel in it. */
await serve(() => {
  const bytes = loopModule(job.how.fused === true);
  if (!engine.validate(bytes)) missing("this engine has no relaxed SIMD");
  const { loop } = new engine.Instance(new engine.Module(bytes)).exports;
  return {
    version: job.how.fused ? "WebAssembly relaxed SIMD" : "WebAssembly SIMD",
    check: () => [loop(100_000)],
    run(amount) {
      const rounds = Math.ceil((1e9 * amount) / OPERATIONS);
      loop(rounds);
      return (rounds * OPERATIONS) / 1e9;
    },
  };
});
