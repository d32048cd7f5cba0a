import { expect, it } from "vitest";
import type { Command, Report } from "../../../examples/digits-page/learn/training/protocol.js";
import { Session } from "../../../examples/digits-page/learn/training/session.js";
import type { Settings } from "../../../examples/digits-page/learn/training/settings.js";
import type { PlaneSettings } from "../../../examples/digits-page/playground/data/plane.js";
import { planeTask } from "../../../examples/digits-page/playground/data/plane-task.js";
import { modelFromBytes } from "../../../src/io/model-file.js";

const settings: Settings = {
  ...{ hidden: [4], activation: "Tanh", loss: "crossEntropy", optimizer: "SGD" },
  ...{ learningRate: 0.1, descent: "mini-batch", batchSize: 8, seed: 1 },
};
const task = { kind: "plane", shape: "xor", noise: 0, pointSeed: 1, features: ["x", "y"] } as const;
const build: Command = { kind: "build", run: 3, settings, task };

/** A session, and what it said. */
function talk() {
  const reports: Report[] = [];
  const listeners = new Set<() => void>();
  const session = new Session(
    (report) => {
      reports.push(report);
      for (const listener of listeners) listener();
    },
    async (wanted) => planeTask(wanted as PlaneSettings),
  );
  const progress = () => reports.filter((report) => report.kind === "progress");
  const until = (isThere: () => boolean) =>
    new Promise<void>((resolve) => {
      const listener = () => {
        if (isThere()) resolve();
      };
      listeners.add(listener);
      listener();
    });
  return { session, reports, progress, until };
}

it("builds, trains until it is told to pause, and gives the model", async () => {
  const { session, reports, progress, until } = talk();
  await session.handle(build);
  expect(reports[0]).toEqual({ kind: "built", run: 3, parameters: 17, examples: 300 });
  expect(progress()[0]).toMatchObject({ run: 3, point: { steps: 0, seen: 0 } });
  await session.handle({ kind: "start" });
  await until(() => progress().length > 3);
  await session.handle({ kind: "pause" });
  const said = progress().at(-1);
  expect(said?.point.steps).toBeGreaterThan(0);
  expect(said).not.toHaveProperty("speed");
  await session.handle({ kind: "model" });
  const last = reports.at(-1);
  expect(progress().at(-1)).toBe(said);
  expect(last?.kind === "model" && modelFromBytes(last.bytes).layers.map(({ type }) => type)).toEqual([
    ...["Dense", "Tanh", "Dense", "Sigmoid"],
  ]);
});

it("steps by an example, and to the end of a step", async () => {
  const { session, progress } = talk();
  await session.handle(build);
  await session.handle({ kind: "step", by: "example" });
  expect(progress().at(-1)).toMatchObject({ point: { steps: 0 }, looked: { gathered: 1, of: 8 } });
  await session.handle({ kind: "step", by: "update" });
  expect(progress().at(-1)).toMatchObject({ point: { steps: 1, seen: 8 } });
  await session.handle({ kind: "step", by: "example" });
  expect(progress().at(-1)).toMatchObject({ looked: { gathered: 1, of: 8 } });
});

it("keeps to a pace", async () => {
  const { session, progress, until } = talk();
  await session.handle({ kind: "pace", examplesPerSecond: 80 });
  await session.handle(build);
  await session.handle({ kind: "start" });
  await until(() => progress().length > 4);
  await session.handle({ kind: "pause" });
  // Without a pace it would be some ten thousand: what is left is what a busy machine may add.
  expect(progress().at(-1)?.point.seen).toBeLessThan(1000);
});

it("tells what failed, and can begin anew", async () => {
  const { session, reports } = talk();
  await session.handle({ ...build, settings: { ...settings, learningRate: -1 } });
  expect(reports.at(-1)).toMatchObject({ kind: "failed", run: 3 });
  await session.handle({ ...build, run: 4 });
  expect(reports.at(-1)).toMatchObject({ kind: "progress", run: 4 });
});
