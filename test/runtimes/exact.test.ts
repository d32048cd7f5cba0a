import { beforeAll, expect, inject, it } from "vitest";
import { engines, here } from "./support/engines.js";
import { runScript } from "./support/run-script.js";
import { plain, runsOf, type Training } from "./support/training.js";

const { consumer } = inject("installed");
const numerics = "exact";
const threads = [1, 2, 3, 4];

let wanted: Training["runs"][number]["checksums"];
beforeAll(async () => {
  const { runs } = await runScript<Training>(here, "train.mjs", { numerics }, consumer);
  wanted = runs[0].checksums;
  expect(new Set(Object.values(wanted)).size, "different models").toBe(4);
});

it.each(engines)("$name trains to the same exact bits on 1 to 4 threads", async (engine) => {
  const { runs } = await runScript<Training>(engine, "train.mjs", { numerics, threads }, consumer);
  expect(runs).toEqual(runsOf(threads, wanted));
});

it.each(engines)("$name trains to the same exact bits without WebAssembly", async (engine) => {
  const settings = { withoutWebAssembly: true, models: plain };
  const { kernels, runs } = await runScript<Training>(engine, "train.mjs", settings, consumer);
  expect(kernels.name).toBe("reference");
  expect(runs).toEqual(runsOf([1], Object.fromEntries(plain.map((name) => [name, wanted[name]]))));
});
