import { setThreads } from "chainrule";
import { loadDigits } from "../../digits/load-digits.js";
import { planeTask } from "../../playground/data/plane-task.js";
import { digitsTask } from "./digits-task.js";
import type { Command, Report, TaskSettings } from "./protocol.js";
import { Session } from "./session.js";
import type { Task } from "./task.js";

// A run is one thread: two runs are two workers, and a strict page forbids the library's own threads.
setThreads(1);

let digits: ReturnType<typeof loadDigits> | undefined;

async function taskOf(settings: TaskSettings): Promise<Task> {
  if (settings.kind === "plane") return planeTask(settings);
  digits ??= loadDigits("train", settings.base);
  try {
    return digitsTask(await digits, settings.vary);
  } catch (error) {
    digits = undefined; // to try again with the next run
    throw error;
  }
}

const session = new Session((report: Report) => postMessage(report), taskOf);
addEventListener("message", ({ data }: MessageEvent<Command>) => void session.handle(data));
