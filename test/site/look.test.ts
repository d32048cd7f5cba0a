import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { faintTexts } from "../page/support/contrast.js";
import { launch } from "../runtimes/support/browser.js";
import { livePages } from "./support/live.js";
import { serveSite } from "./support/serve.js";
import { visit } from "./support/visit.js";

let site: Awaited<ReturnType<typeof serveSite>>;
let browser: Browser;

beforeAll(async () => {
  [site, browser] = await Promise.all([serveSite(), launch()]);
});
afterAll(async () => {
  await browser?.close();
  site?.close();
});

const pages = [
  ...livePages.map(({ path }) => path),
  "cookbook/index.html",
  "catalogue.html",
  "migration/keras.html",
  "troubleshooting.html",
  "api/chainrule/index.html",
  "api/chainrule/classes/Dense.html",
  "api/chainrule/classes/Sequential.html",
  "api/chainrule/functions/softmaxCrossEntropy.html",
  "api/chainrule/node/functions/csv.html",
  "source/src/layers/dense.ts.html",
];

describe.each(["light", "dark"] as const)("%s", (colorScheme) => {
  it("fits on a phone, can be read, and asks no other server", async () => {
    const { page, open, complaints, close } = await visit(browser, site.origin, {
      viewport: { width: 375, height: 740 },
      colorScheme,
    });
    for (const path of pages) {
      await open(path);
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(beyond, path).toBeLessThanOrEqual(0);
      expect((await faintTexts(page, 4.5)).faint, path).toEqual([]);
    }
    expect(complaints).toEqual([]);
    await close();
  });
});

it.each(["Adam", "dropout"])("finds %s without a network", async (words) => {
  const { page, open, complaints, close } = await visit(browser, site.origin);
  await open("index.html");
  await page.getByRole("button", { name: "Search" }).first().click();
  const field = page.getByRole("searchbox");
  await field.fill("layer");
  await page.locator(".VPLocalSearchBox .result").first().waitFor();
  await page.context().setOffline(true);
  await field.fill(words);
  const found = page.locator(".VPLocalSearchBox .result", { hasText: new RegExp(words, "i") });
  await found.first().waitFor();
  expect(await found.first().getAttribute("href")).toMatch(new RegExp(`/${words}\\.html`, "i"));
  expect(complaints).toEqual([]);
  await close();
});
