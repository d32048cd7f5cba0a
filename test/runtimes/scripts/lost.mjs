// Loses threads in the wanted way. Prints what became of a training meanwhile, and of the next one.

import { setThreads } from "chainrule";
import { checksum, models, train } from "./models.mjs";
import { print, settings } from "./settings.mjs";
import { withThreads } from "./threads.mjs";

const harm = { source: "" }; // runs in each new thread before its own code
const alive = new Set();
const threads = process.getBuiltinModule("node:worker_threads");
const { Worker } = threads;
let started = 0;
threads.Worker = class extends Worker {
  constructor(source, options) {
    super(harm.source + source, options);
    started++;
    alive.add(this);
    this.on("exit", () => alive.delete(this));
  }
};

/** Source that puts something else in the place of a kernel. */
const replaceProduct = (body) => `{
  const { Instance } = WebAssembly;
  WebAssembly.Instance = function (...given) {
    return { exports: { ...new Instance(...given).exports, product() { ${body} } } };
  };
}`;

const terminateAll = () => Promise.all([...alive].map((worker) => worker.terminate()));

/** Each prepares a loss; `come` is whether the threads get so far as to help. */
const ways = {
  betweenJobs: { come: true, lose: terminateAll },
  atAnyTime: { come: true, lose: () => setTimeout(terminateAll, settings.delay) },
  atStart: { come: false, source: 'throw new Error("a broken thread");' },
  throwing: { come: true, source: replaceProduct('throw new Error("a broken kernel");') },
  exiting: { come: true, source: replaceProduct("process.exit();") },
};

/** What a training comes to: the checksum of its weights, or the message of its error. */
async function outcome(come, lose) {
  const subject = models.plainSGD();
  try {
    if (come) await withThreads(3);
    await lose?.();
    await train(subject, 40);
    return checksum(subject.model);
  } catch (error) {
    return error.message;
  }
}

const { come, source, lose } = ways[settings.way];
setThreads(1);
const right = await outcome(false);
setThreads(3);
harm.source = source ?? "";
const meanwhile = await outcome(come, lose);
const startedMeanwhile = started;
harm.source = "";
const next = await outcome(true);
print({ right, meanwhile, next, started: startedMeanwhile });
