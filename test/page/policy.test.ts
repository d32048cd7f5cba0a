import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { root } from "../package/support/root.js";
import { launch } from "../runtimes/support/browser.js";
import { type Policy, serve } from "../runtimes/support/site.js";
import { reading } from "./support/draw.js";

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser?.close());

const folders = ["examples/digits-page/dist", "examples/digits-page", "examples"];
const policies: readonly Policy[] = ["static", "plain", "isolated", "own-scripts"];
const places = [
  ...folders.map((folder) => ({ folder, policy: "static" as Policy })),
  ...policies.slice(1).map((policy) => ({ folder: folders[0], policy })),
];

it.each(places)("opens where $folder is served, under the policy $policy", async ({ folder, policy }) => {
  const site = await serve(join(root, folder));
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() !== "log") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  try {
    const path = "examples/digits-page/dist/index.html".slice(folder.length + 1);
    await page.goto(site.address(policy, path || "index.html"));
    expect(await reading(page)).toMatchObject({ winner: 7 });
    expect(complaints).toEqual([]);
  } finally {
    await page.close();
    site.close();
  }
});
