import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { launch, openPage } from "./support/browser.js";
import { engines } from "./support/engines.js";
import { addForeign, type Foreign, wrongIn } from "./support/foreign.js";
import { makePages } from "./support/pages.js";
import { runScript } from "./support/run-script.js";
import { type Site, serve } from "./support/site.js";

const { consumer } = inject("installed");

let site: Site;
let browser: Browser;
beforeAll(async () => {
  await addForeign(consumer);
  await makePages("foreign", consumer);
  site = await serve(consumer);
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  site?.close();
});

it.each(engines)("$name writes and reads every format of others", async (engine) => {
  expect(wrongIn(await runScript<Foreign>(engine, "foreign.mjs", {}, consumer))).toEqual([]);
});

it.each(["plain", "isolated", "static"] as const)("so does a page that is served %s", async (policy) => {
  const { result, warnings } = await openPage<Foreign>(
    browser,
    site.address(policy, "pages/foreign.html"),
    {},
  );
  expect(wrongIn(result)).toEqual([]);
  expect(warnings).toEqual([]);
});
