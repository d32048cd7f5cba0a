// Trains the wanted models on each wanted number of threads, and prints checksums of what they learned.

import { init, kernels, setNumerics } from "chainrule";
import { checksum, models, train } from "./models.mjs";
import { print, settings } from "./settings.mjs";
import { withThreads } from "./threads.mjs";

const compiled = (address) => WebAssembly.compileStreaming(fetch(address));
if (settings.module) {
  const catalogue = {};
  for (const [name, address] of Object.entries(settings.catalogue)) catalogue[name] = await compiled(address);
  init({ module: await compiled(settings.module), catalogue });
}
if (settings.numerics) setNumerics(settings.numerics);

const runs = [];
for (const threads of settings.threads ?? [1]) {
  // "default": as many as there are, and nobody waits for them.
  const helpers = threads === "default" ? 0 : await withThreads(threads);
  const checksums = {};
  for (const name of settings.models ?? Object.keys(models)) {
    const subject = models[name]();
    await train(subject);
    checksums[name] = checksum(subject.model);
  }
  runs.push({ threads, helpers, checksums });
}
print({ kernels: kernels(), runs });
