/** The worker: it learns, tells the page, and stops when it is told to. */
import { learn } from "./learn.js";
import type { Command, Report } from "./messages.js";

const stopping = new AbortController();

// Maps and bytes change hands and are not copied.
const send = (report: Report) =>
  postMessage(report, { transfer: [report.kind === "end" ? report.bytes.buffer : report.map.buffer] });

addEventListener("message", ({ data }: MessageEvent<Command>) => {
  if (data === "train") learn(send, stopping.signal).catch(reportError);
  else stopping.abort();
});
