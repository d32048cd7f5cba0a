import { startWorker } from "../support/start-worker.js";
import type { Command, Report, Task } from "./messages.js";

type Progress = Extract<Report, { kind: "epoch" }>;
type End = Extract<Report, { kind: "end" }>;

/** Trains in a thread of its own. When the signal is aborted, it ends early, with what was learned so far. */
export function trainInThread(
  task: Task,
  onProgress: (progress: Progress) => void,
  signal?: AbortSignal,
): Promise<End> {
  const worker = startWorker(new URL("./worker.ts", import.meta.url), task);
  const cancel = () => worker.postMessage("cancel" satisfies Command);
  signal?.addEventListener("abort", cancel, { once: true });
  return new Promise<End>((resolve, reject) => {
    worker.on("message", (report: Report) => (report.kind === "end" ? resolve(report) : onProgress(report)));
    worker.on("error", reject);
    worker.on("exit", () => reject(new Error("The thread ended without a model.")));
  }).finally(() => signal?.removeEventListener("abort", cancel));
}
