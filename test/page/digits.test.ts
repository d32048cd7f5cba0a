import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { strokeSets } from "../../examples/digits-page/digits/strokes/index.js";
import { jitter } from "../../examples/digits-page/digits/strokes/jitter.js";
import { launch } from "../runtimes/support/browser.js";
import type { Site } from "../runtimes/support/site.js";
import { choosePen, clear, drawByMouse, drawByTouch, reading } from "./support/draw.js";
import { openPart, servePage } from "./support/open.js";

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

/** Draws a set once for each seed, and lists what was read instead. */
async function mistakesOf(page: Page, set: (typeof strokeSets)[number], seeds: number): Promise<string[]> {
  const mistakes: string[] = [];
  for (let seed = 0; seed < seeds; seed++) {
    const { strokes, pen } = jitter(set, seed);
    await clear(page);
    await choosePen(page, pen);
    await drawByMouse(page, strokes);
    const { winner } = await reading(page);
    if (winner !== set.digit) mistakes.push(`${set.digit}, ${set.way} (${seed}): read as ${winner}`);
  }
  return mistakes;
}

it("reads at least 270 of 300 digits that are drawn with the mouse", { timeout: 900_000 }, async () => {
  const { page, complaints, close } = await openPart(browser, site, "think");
  const mistakes: string[] = [];
  for (const set of strokeSets) mistakes.push(...(await mistakesOf(page, set, 10)));
  console.log([`${300 - mistakes.length} of 300 drawn digits are read right.`, ...mistakes].join("\n"));
  expect(300 - mistakes.length).toBeGreaterThanOrEqual(270);
  expect(complaints).toEqual([]);
  await close();
});

it("reads digits that are drawn with a finger, on a phone, and does not scroll meanwhile", async () => {
  const phone = { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true };
  const { page, complaints, close } = await openPart(browser, site, "think", phone);
  const touch = await page.context().newCDPSession(page);
  await page.locator("canvas.pad").scrollIntoViewIfNeeded();
  const scrolled = await page.evaluate(() => scrollY);
  for (const set of strokeSets.filter(({ digit }) => [2, 5, 7].includes(digit))) {
    await clear(page);
    await page.locator("canvas.pad").scrollIntoViewIfNeeded();
    await drawByTouch(page, touch, set.strokes);
    expect(await reading(page)).toMatchObject({ winner: set.digit });
  }
  expect(await page.evaluate(() => scrollY)).toBe(scrolled);
  expect(complaints).toEqual([]);
  await close();
});
