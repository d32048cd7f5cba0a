import type { KernelInfo } from "chainrule";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { launch, openPage } from "./support/browser.js";
import { here } from "./support/engines.js";
import { makePages } from "./support/pages.js";
import { runScript, type Settings } from "./support/run-script.js";
import { type Policy, type Site, serve } from "./support/site.js";
import { plain, runsOf, type Training } from "./support/training.js";

const { consumer } = inject("installed");
const exact = { numerics: "exact" };

let wanted: Training["runs"][number]["checksums"];
let site: Site;
let browser: Browser;
beforeAll(async () => {
  wanted = (await runScript<Training>(here, "train.mjs", exact, consumer)).runs[0].checksums;
  for (const script of ["train", "kernels"]) await makePages(script, consumer);
  site = await serve(consumer);
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  site?.close();
});

const open = <Result>(policy: Policy, page: string, settings: Settings) =>
  openPage<Result>(browser, site.address(policy, `pages/${page}.html`), settings);

it.each(["train", "train-unbundled"])(
  "an isolated page trains to Node's bits on 1 to 4 threads: %s",
  async (page) => {
    const threads = [1, 2, 3, 4];
    const { result, warnings } = await open<Training>("isolated", page, { ...exact, threads });
    expect(result.runs).toEqual(runsOf(threads, wanted));
    expect(warnings).toEqual([]);
  },
);

it("an isolated page uses the machine's threads, and fused arithmetic", async () => {
  const { result } = await open<KernelInfo & { readonly fuses: boolean }>("isolated", "kernels", {});
  expect(result).toMatchObject({ name: "simd", fused: true, fuses: true });
  expect(result.threads).toBeGreaterThanOrEqual(2);
});

it("an isolated page gives the same fast bits on 1 to 4 threads", async () => {
  const threads = [1, 2, 3, 4];
  const { result } = await open<Training>("isolated", "train", { threads });
  expect(result.runs).toEqual(runsOf(threads, result.runs[0].checksums));
  expect(result.runs[0].checksums).not.toEqual(wanted);
});

it("any other page trains to Node's bits on its one thread", async () => {
  const { result, warnings } = await open<Training>("plain", "train", exact);
  expect(result.kernels).toMatchObject({ name: "simd", threads: 1 });
  expect(result.runs).toEqual(runsOf([1], wanted));
  expect(warnings).toEqual([]);
});

it("any other page refuses threads, and says what it needs", async () => {
  await expect(open("plain", "train", { threads: [2] })).rejects.toThrow(
    /^setThreads expects 1, where memory cannot be shared, but got 2\. A page needs cross-origin isolation/,
  );
});

it("a page that forbids workers of a text trains without them", async () => {
  const settings = { ...exact, threads: ["default"] };
  const { result, warnings } = await open<Training>("own-scripts-and-wasm", "train", settings);
  expect(result.kernels).toMatchObject({ name: "simd", threads: 1 });
  expect(result.runs[0].checksums).toEqual(wanted);
  // The browser's own words: it is tried four times, with at most seven threads.
  expect(warnings.filter((warning) => !warning.startsWith("Creating a worker from 'blob:"))).toEqual([]);
  expect(warnings.length).toBeLessThanOrEqual(4 * 7);
});

it("a page that forbids to compile uses the reference kernels", async () => {
  const { result, warnings } = await open<Training>("own-scripts", "train", { models: plain });
  expect(result.kernels).toMatchObject({ name: "reference", threads: 1 });
  expect(result.runs).toEqual(runsOf([1], Object.fromEntries(plain.map((name) => [name, wanted[name]]))));
  expect(warnings).toEqual([]);
});

it.each(["plain", "isolated", "own-scripts-and-wasm"] as const)(
  "served %s, a page trains to Node's bits with a module of its own",
  async (policy) => {
    const file = (name: string) => site.address(policy, `node_modules/chainrule/dist/wasm/${name}.wasm`);
    const catalogue = Object.fromEntries(
      ["curves", "layers", "masks", "noise", "steps"].map((name) => [name, file(name)]),
    );
    const { result, warnings } = await open<Training>(policy, "train", { module: file("exact"), catalogue });
    expect(result.kernels).toMatchObject({ name: "simd", fused: false, threads: 1 });
    expect(result.runs).toEqual(runsOf([1], wanted));
    expect(warnings).toEqual([]);
  },
);
