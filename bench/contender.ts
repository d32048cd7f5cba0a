import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Work } from "./works.js";

/** A library at work in a process of its own, which measures itself when asked. */
export interface Contender {
  readonly name: string;
  /** Examples a second over one measurement, or nothing if the library is not there. */
  measure(): Promise<number | undefined>;
  /** What it wrote to its error output. */
  complaint(): string;
  stop(): void;
}

const script = (name: string) => fileURLToPath(new URL(`contenders/${name}`, import.meta.url));

const commands: Readonly<Record<string, readonly string[]>> = {
  chainrule: [process.execPath, "--import", "tsx", script("chainrule.ts")],
  "PyTorch, 1 thread": ["/usr/bin/python3", script("pytorch.py")],
  "TensorFlow.js wasm": [process.execPath, "--import", "tsx", script("tfjs.ts")],
};

/** Starts every library that there is. */
export function contendersFor(work: Work): readonly Contender[] {
  return Object.entries(commands).map(([name, [program, ...args]]) => {
    const child = spawn(program, [...args, JSON.stringify(work)]);
    child.stdin.on("error", () => {}); // a missing library has closed its end
    let complaint = "";
    child.stderr.on("data", (text: Buffer) => {
      complaint += text.toString();
    });
    return { name, measure: asker(child, work), complaint: () => complaint, stop: () => void child.kill() };
  });
}

function asker(child: ChildProcessWithoutNullStreams, work: Work): () => Promise<number | undefined> {
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  child.on("error", () => {}); // no such program: its answers end, too
  return async () => {
    child.stdin.write("go\n");
    for (let line = await answers.next(); !line.done; line = await answers.next()) {
      const milliseconds = Number(line.value);
      if (milliseconds > 0) return (work.steps * work.batchSize * 1000) / milliseconds;
    }
    return undefined;
  };
}
