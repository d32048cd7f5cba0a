import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launch } from "../runtimes/support/browser.js";
import type { Site } from "../runtimes/support/site.js";
import { faintTexts } from "./support/contrast.js";
import { openPart, servePage } from "./support/open.js";

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

it.each(looks)("$part, $scheme, $screen: is legible, and fits", async ({ part, scheme, screen }) => {
  const options = { ...screens[screen], colorScheme: scheme };
  const { page, complaints, close } = await openPart(browser, site, part, options);
  await page.locator(`#${part}`).waitFor();
  // The animation, if there is one, comes to its end.
  await page.waitForTimeout(500);
  await page.screenshot({ path: join(folder, `${part}-${scheme}-${screen}.png`), fullPage: true });

  const { seen, faint } = await faintTexts(page, 4.5);
  expect(seen).toBeGreaterThan(10);
  expect(faint).toEqual([]);
  const { width } = screens[screen].viewport;
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
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
