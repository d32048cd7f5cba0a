import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { launch } from "./support/browser.js";
import { bun, deno, here } from "./support/engines.js";
import { runScript } from "./support/run-script.js";

const { consumer } = inject("installed");

interface Made {
  readonly path: string;
  readonly history: Readonly<Record<string, readonly number[]>>;
}

let folder: string;
let made: Made;
let browser: Browser;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "report-"));
  made = await runScript<Made>(here, "report.mjs", { folder }, consumer);
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Opens the report from the disk, on a screen, and gives what the console has said and what was asked for. */
async function open(look: { readonly width: number; readonly colorScheme: "light" | "dark" }) {
  const { width, colorScheme } = look;
  const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
  const said: string[] = [];
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(error.message));
  page.on("dialog", (dialog) => said.push(dialog.message()));
  page.on("request", (request) => said.push(...(/^(file|data):/.test(request.url()) ? [] : [request.url()])));
  await page.goto(pathToFileURL(made.path).href);
  return { page, said };
}

/** How many colours the plots have, the plain ground among them: an empty one has a single. */
const coloursOf = (page: Page) =>
  page.$$eval("canvas", (canvases) =>
    canvases.map((canvas) => {
      const { width, height } = canvas as unknown as { width: number; height: number };
      const context = (canvas as unknown as { getContext(kind: string): Drawing }).getContext("2d");
      return new Set(new Uint32Array(context.getImageData(0, 0, width, height).data.buffer)).size;
    }),
  );

interface Drawing {
  getImageData(x: number, y: number, width: number, height: number): { data: { buffer: ArrayBuffer } };
}

describe.each([
  { name: "light", width: 1280, colorScheme: "light" as const },
  { name: "dark", width: 1280, colorScheme: "dark" as const },
  { name: "on a phone", width: 360, colorScheme: "light" as const },
])("what htmlReport writes, $name", (look) => {
  it("draws every chart and picture, is no wider than the screen, and loads and says nothing", async () => {
    const { page, said } = await open(look);
    const drawn = Number(await page.getAttribute("html", "data-drawn"));
    expect(drawn).toBe(await page.locator(".plot").count());
    expect(drawn).toBe(3 + 3 + 4 * 2); // measures, rate and time, weights and gradients
    const colours = await coloursOf(page);
    expect(colours.length).toBeGreaterThan(drawn); // pictures, too
    expect(Math.min(...colours)).toBeGreaterThan(2);
    expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
    expect(await page.locator("img").count()).toBe(0); // what the bad names would have made
    expect(said).toEqual([]);
    await page.close();
  });
});

it("shows the numbers of the history, in its table and under the pointer", async () => {
  const { page } = await open({ width: 1280, colorScheme: "light" });
  await page.locator("#numbers summary").click();
  const cells = await page.locator("#numbers tbody tr").last().locator("th, td").allTextContents();
  const last = Object.values(made.history).map((values) => values[values.length - 1].toPrecision(4));
  expect(cells.slice(0, 3)).toEqual(["7", last[0], last[1]]);
  const legend = page.locator(".plot").first().locator(".u-value");
  expect(await legend.allTextContents()).toEqual([
    "7",
    last[0],
    made.history.validationLoss[6].toPrecision(4),
  ]);
  await page
    .locator(".plot .u-over")
    .first()
    .hover({ position: { x: 2, y: 20 } });
  const first = made.history.loss[0].toPrecision(4);
  await expect.poll(async () => (await legend.allTextContents())[1]).toBe(first);
  await page.close();
});

it("draws anew for paper and for another width", async () => {
  const { page, said } = await open({ width: 1280, colorScheme: "dark" });
  const ground = () =>
    page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--card').trim()");
  expect(await ground()).not.toMatch(/^#f+$/);
  await page.emulateMedia({ media: "print" });
  expect(await ground()).toMatch(/^#f+$/);
  await page.emulateMedia({ media: "screen" });
  await page.setViewportSize({ width: 500, height: 800 });
  await page.waitForFunction("document.querySelector('.plot canvas').clientWidth < 500");
  expect(said).toEqual([]);
  await page.close();
});

it.each([bun, deno])("$name writes one, too", async (engine) => {
  const permitted =
    engine === deno ? { ...deno, command: [...deno.command, "--allow-all"] as const } : engine;
  const other = await runScript<Made>(permitted as typeof deno, "report.mjs", { folder }, consumer);
  expect(Object.keys(other.history)).toEqual(Object.keys(made.history));
});
