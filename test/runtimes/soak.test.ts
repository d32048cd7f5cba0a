import { describe, inject, it } from "vitest";
import { bun, deno, here, node24 } from "./support/engines.js";
import { runScript } from "./support/run-script.js";

const { consumer } = inject("installed");
const minutes = { timeout: 300_000 };

// Models are made, trained a little and dropped, without a word to the collector. `awaiting` gives the event loop its
// turns, without which no finalizer runs.
describe.concurrent.each([here, node24, bun, deno])("$name", (engine) => {
  const soak = (settings: Record<string, unknown>) =>
    runScript<number[]>(engine, "soak.mjs", settings, consumer);

  it.for([false, true])(
    "comes back from 10,000 small models, awaiting: %s",
    minutes,
    async (awaiting, test) => {
      const megabytes = await soak({ cycles: 10_000, look: 1000, rows: 32, units: 20, steps: 3, awaiting });
      test.expect(megabytes).toHaveLength(10);
      // Had 9,000 models left but a page of WebAssembly memory each, it would be 560.
      const growth = Math.max(...megabytes) - megabytes[0];
      test.expect(growth, `megabytes: ${megabytes}`).toBeLessThan(engine.slack.small);
    },
  );

  // 58 MB each, 4.6 GB in all: more than the 4 GiB that threads can share, where ten steps bring a model.
  it.for([
    { steps: 2, awaiting: false },
    { steps: 10, awaiting: true },
    // In one turn of the event loop few models may move there.
    ...(engine.name === here.name ? [{ steps: 10, awaiting: false }] : []),
  ])("comes back from 80 large models: $steps steps, awaiting: $awaiting", minutes, async (how, test) => {
    const megabytes = await soak({ cycles: 80, look: 10, rows: 3, units: 2200, ...how });
    test.expect(megabytes).toHaveLength(8);
    test.expect(Math.max(...megabytes), `megabytes: ${megabytes}`).toBeLessThan(engine.slack.large);
  });
});
