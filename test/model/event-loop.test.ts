import { expect, it } from "vitest";
import { blobs, classifier } from "./support/models.js";

const data = blobs(200);

/** Runs `work` until a timer that was set beforehand has fired. */
async function firesDuring(work: (fired: () => boolean) => Promise<unknown>): Promise<boolean> {
  let fired = false;
  const timer = setTimeout(() => {
    fired = true;
  }, 1);
  await work(() => fired);
  clearTimeout(timer);
  return fired;
}

it.each([1, 200, "full"] as const)("timers fire while fit runs, with batches of %s", async (batchSize) => {
  const { model } = classifier();
  const callback = { onEpochEnd: () => (fired() ? ("stop" as const) : undefined) };
  let fired = () => false;
  const seen = await firesDuring((look) => {
    fired = look;
    return model.fit(data, { epochs: 100_000, batchSize, callbacks: [callback] });
  });
  expect(seen).toBe(true);
});

it("timers fire in an epoch of many steps", async () => {
  const { model } = classifier();
  const seen = await firesDuring((fired) => {
    const onBatchEnd = () => (fired() ? ("stop" as const) : undefined);
    return model.fit(blobs(30_000), { batchSize: 1, callbacks: [{ onBatchEnd }] });
  });
  expect(seen).toBe(true);
});

it("timers fire while evaluate runs", async () => {
  const { model } = classifier();
  let given = 0;
  const seen = await firesDuring((fired) => {
    function* until() {
      while (!fired() && given < 100_000) {
        given++;
        yield data;
      }
    }
    return model.evaluate(until());
  });
  expect(seen).toBe(true);
  expect(given).toBeGreaterThan(1);
});
