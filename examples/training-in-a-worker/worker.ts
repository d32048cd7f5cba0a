/** The thread: it trains, says how far it is, listens, and gives the model away. */
import { parentPort, workerData } from "node:worker_threads";
import { setNumerics, setThreads } from "chainrule";
import type { Command, Report, Task } from "./messages.js";
import { train } from "./train.js";

setNumerics("exact"); // the same bits in every thread and on every machine
setThreads(1); //        one core; by default products are shared among all

const port = parentPort;
if (port === null) throw new Error("worker.ts expects to be a thread.");

const cancelling = new AbortController();
port.on("message", (command: Command) => {
  if (command === "cancel") cancelling.abort();
});

// The bytes of a model change hands and are not copied.
const send = (report: Report) => port.postMessage(report, report.kind === "end" ? [report.bytes.buffer] : []);
await train(workerData as Task, send, cancelling.signal);
port.close(); // or the thread would wait for commands
