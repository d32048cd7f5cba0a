import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launch } from "../runtimes/support/browser.js";
import type { Site } from "../runtimes/support/site.js";
import { reading } from "./support/draw.js";
import { tabThrough, unnamed, unreached } from "./support/keyboard.js";
import { openPart, type Part, servePage } from "./support/open.js";

let site: Site;
let browser: Browser;
beforeAll(async () => {
  site = await servePage();
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  site?.close();
});

const parts: readonly Part[] = ["think", "learn", "playground"];

it.each(parts)("%s: Tab reaches every control, and one sees where it is", async (part) => {
  const { page, complaints, close } = await openPart(browser, site, part);
  const stops = await tabThrough(page);
  expect(stops.length).toBeGreaterThan(5);
  expect(stops.filter(({ isMarked }) => !isMarked)).toEqual([]);
  expect(await unreached(page)).toEqual([]);
  expect(await unnamed(page)).toEqual([]);
  expect(complaints).toEqual([]);
  await close();
});

it("goes from part to part by arrows", async () => {
  const { page, complaints, close } = await openPart(browser, site, "think");
  await page.locator("#tab-think").focus();
  for (const part of ["learn", "playground", "think"]) {
    await page.keyboard.press("ArrowRight");
    expect(await page.locator(`#tab-${part}`).getAttribute("aria-selected")).toBe("true");
    expect(await page.locator("[role=tabpanel]:visible").getAttribute("id")).toBe(part);
    expect(page.url()).toMatch(new RegExp(`#${part}$`));
  }
  expect(complaints).toEqual([]);
  await close();
});

it("steps through test digits without a pointer: seven, two, one, zero", async () => {
  const { page, close } = await openPart(browser, site, "think");
  const read = [(await reading(page)).winner];
  const next = page.getByRole("button", { name: /^next/i }).first();
  for (let i = 0; i < 3; i++) {
    await next.focus();
    await page.keyboard.press("Enter");
    read.push((await reading(page)).winner);
  }
  expect(read).toEqual([7, 2, 1, 0]);
  await close();
});
