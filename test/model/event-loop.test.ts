import { afterEach, expect, it, vi } from "vitest";
import { blobs, classifier } from "./support/models.js";

const data = blobs(200);

/** A clock that goes on by a millisecond whenever it is looked at: what is asked seldom lasts as long as what is slow. */
function countingClock(): void {
  let now = 0;
  vi.spyOn(performance, "now").mockImplementation(() => now++);
}
afterEach(() => void vi.restoreAllMocks());

/** How often the event loop turns while `work` goes on. */
async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  let [turns, done] = [0, false];
  const turn = () => {
    turns++;
    if (!done) setImmediate(turn);
  };
  setImmediate(turn);
  await work();
  done = true;
  return turns;
}

it.each([
  ["many short epochs", { epochs: 200, batchSize: "full" }],
  ["many steps", { epochs: 1, batchSize: 1 }],
  ["many steps between which callbacks are told", { batchSize: 1, callbacks: [{ onBatchEnd() {} }] }],
] as const)("the event loop turns again and again during %s", async (_, options) => {
  const { model } = classifier();
  countingClock();
  const turns = await turnsDuring(() => model.fit(data, options));
  expect(turns).toBeGreaterThan(5);
  expect(turns).toBeLessThan(40);
});

it("the event loop turns during evaluate, and during the validation of fit", async () => {
  const { model } = classifier();
  countingClock();
  expect(await turnsDuring(() => model.evaluate(data, { batchSize: 1 }))).toBeGreaterThan(5);
  const validation = Array.from({ length: 200 }, () => data);
  expect(await turnsDuring(() => model.fit(data, { validation }))).toBeGreaterThan(5);
});

it("a timer fires while fit runs, and while evaluate does", async () => {
  const { model } = classifier();
  let fired = false;
  const arm = () => {
    fired = false;
    setTimeout(() => {
      fired = true;
    }, 1);
  };
  const onBatchEnd = () => (fired ? ("stop" as const) : undefined);
  arm();
  const { loss } = await model.fit(blobs(30_000), { batchSize: 1, callbacks: [{ onBatchEnd }] });
  expect([fired, loss.length]).toEqual([true, 1]);

  function* untilFired() {
    for (let i = 0; i < 100_000 && !fired; i++) yield data;
  }
  arm();
  await model.evaluate(untilFired());
  expect(fired).toBe(true);
});
