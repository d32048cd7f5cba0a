import { type Contender, contender, loops, script } from "./contender.js";
import { newest } from "./engines.js";

const javascript = (name: string, file: string, how: Contender["how"] = {}, differs?: string) =>
  contender({
    name,
    group: name,
    program: newest.program,
    args: script(file),
    how,
    ceiling: loops.plain,
    ...(differs === undefined ? {} : { differs }),
  });

export function tfjs(backend: "wasm" | "cpu"): Contender {
  return javascript(`TensorFlow.js ${backend}`, "tfjs", { backend });
}

export function brain(): Contender {
  const about = "brain.js: takes the rows in their order in each epoch; the others shuffle them";
  return { ...javascript("brain.js", "brain"), about };
}

export function mlFnn(): Contender {
  const differs =
    "tanh for ReLU, which it cannot be given, and the same 32 rows each step: it takes whole sets only";
  return javascript("ml-fnn", "ml-fnn", {}, differs);
}

export function onnx(kind: "node" | "web", threads = 1): Contender {
  const name = `onnxruntime-${kind}`;
  const shared = threads === 1 ? "" : `, ${threads} threads`;
  return {
    ...javascript(`${name}${shared}`, "onnx", { package: name }),
    threads,
    ceiling: kind === "node" ? loops.native : loops.plain,
  };
}
