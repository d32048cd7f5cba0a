import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launch } from "../runtimes/support/browser.js";
import type { Site } from "../runtimes/support/site.js";
import { faintTexts } from "./support/contrast.js";
import { openPart, type Part, servePage } from "./support/open.js";

const parts = ["think", "learn", "playground"] as const;
const schemes = ["light", "dark"] as const;
const screens = {
  wide: { viewport: { width: 1280, height: 900 } },
  phone: { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
} as const;
const looks = parts.flatMap((part) =>
  schemes.flatMap((scheme) => (["wide", "phone"] as const).map((screen) => ({ part, scheme, screen }))),
);

let site: Site;
let browser: Browser;
let folder: string;
beforeAll(async () => {
  site = await servePage();
  browser = await launch();
  folder = await mkdtemp(join(tmpdir(), "chainrule-looks-"));
  console.log(`Screenshots are in ${folder}.`);
});
afterAll(async () => {
  await browser?.close();
  site?.close();
});

/** What is worth looking at: in Think, each moment at which the animation comes to a stop. */
async function momentsOf(page: Page, part: Part): Promise<{ name: string; goThere: () => Promise<void> }[]> {
  if (part !== "think") return [{ name: "", goThere: () => page.locator(`#${part}`).waitFor() }];
  const scrubber = page.getByRole("slider", { name: "Moment of the animation" });
  const end = Number(await scrubber.getAttribute("max"));
  return Array.from({ length: end + 1 }, (_, at) => ({
    name: `-${at}`,
    goThere: () => scrubber.fill(String(at)),
  }));
}

it.each(looks)("$part, $scheme, $screen: is legible, and fits", async ({ part, scheme, screen }) => {
  const options = { ...screens[screen], colorScheme: scheme };
  const { page, complaints, close } = await openPart(browser, site, part, options);
  const { width } = screens[screen].viewport;
  for (const moment of await momentsOf(page, part)) {
    await moment.goThere();
    const path = join(folder, `${part}${moment.name}-${scheme}-${screen}.png`);
    await page.screenshot({ path, fullPage: true });
    const { seen, faint } = await faintTexts(page, 4.5);
    expect(seen).toBeGreaterThan(10);
    expect(faint).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
  expect(complaints).toEqual([]);
  await close();
});

it.each(schemes)("colours that drawings write with are legible: %s", async (colorScheme) => {
  const { page, close } = await openPart(browser, site, "think", { colorScheme });
  await page.evaluate(() => {
    for (const paper of ["paper", "raised"]) {
      for (const ink of ["ink", "soft", "plus", "minus", "accent"]) {
        const sample = document.createElement("p");
        sample.textContent = `${ink} on ${paper}`;
        sample.style.color = `var(--${ink})`;
        sample.style.backgroundColor = `var(--${paper})`;
        document.body.append(sample);
      }
    }
  });
  expect((await faintTexts(page, 4.5)).faint).toEqual([]);
  await close();
});

it("goes from light to dark and back by its switch, and remembers it", async () => {
  const { page, close } = await openPart(browser, site, "think", { colorScheme: "light" });
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await paper();
  await page.locator("#theme").click();
  const dark = await paper();
  expect(dark).not.toBe(light);
  await page.reload();
  expect(await paper()).toBe(dark);
  await page.locator("#theme").click();
  expect(await paper()).toBe(light);
  await close();
});
