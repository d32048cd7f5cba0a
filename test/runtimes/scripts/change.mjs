// Changes the number of threads and the arithmetic at once after training: what was there may take a while to end.

import { kernels, setNumerics, setThreads } from "chainrule";
import { checksum, models, train } from "./models.mjs";
import { print } from "./settings.mjs";
import { withThreads } from "./threads.mjs";

const kinds = kernels().fused ? ["exact", "fast"] : ["exact"];
const learned = { exact: [], fast: [] };

/** Trains on one thread, or on several as soon as they are there. */
async function learn(kind, threads) {
  setNumerics(kind);
  if (threads === 1) setThreads(1);
  else await withThreads(threads);
  const subject = models.plainSGD();
  await train(subject, 20);
  learned[kind].push(checksum(subject.model));
}

for (const kind of kinds) await learn(kind, 1);
for (const threads of [3, 1, 3, 2, 4]) for (const kind of kinds) await learn(kind, threads);
print(learned);
