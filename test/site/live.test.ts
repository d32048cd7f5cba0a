import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withNumber } from "../../docs/.vitepress/theme/live/program.js";
import { launch } from "../runtimes/support/browser.js";
import { examplesOf, livePages, printedHere, printedThere } from "./support/live.js";
import { serveSite } from "./support/serve.js";
import { type Visit, visit } from "./support/visit.js";

let site: Awaited<ReturnType<typeof serveSite>>;
let browser: Browser;
let visitor: Visit;

beforeAll(async () => {
  [site, browser] = await Promise.all([serveSite(), launch()]);
  visitor = await visit(browser, site.origin);
});
afterAll(async () => {
  await browser?.close();
  site?.close();
});

const run = { name: "Run", exact: true };

describe.each(livePages)("$path", ({ path, programs }) => {
  it("prints what its programs print in Node", async () => {
    await visitor.open(path);
    const examples = await examplesOf(visitor.page).all();
    expect(examples).toHaveLength(programs.length);
    for (const [i, example] of examples.entries()) {
      await example.getByRole("button", run).click();
      expect(await printedThere(example)).toEqual(await printedHere(programs[i]));
    }
    expect(visitor.complaints).toEqual([]);
  });
});

describe("a program in a page", () => {
  const [{ path, programs }] = livePages.filter(({ path }) => path.includes("01-"));

  it("runs again with the number of a slider, shows it, and can be set back", async () => {
    await visitor.open(path);
    const example = examplesOf(visitor.page);
    await example.getByRole("slider").nth(1).fill("-3");
    await example.getByRole("slider").nth(1).dispatchEvent("change");
    expect(await printedThere(example)).toEqual(await printedHere(withNumber(programs[0], "w2", -3)));
    expect(await example.locator("pre.shiki").first().textContent()).toContain("const w2 = -3; //");
    await example.getByRole("button", { name: "Reset" }).click();
    expect(await example.locator("pre.shiki").first().textContent()).toBe(programs[0].trimEnd());
  });

  it("can be written anew, tells of its errors, and is stopped", async () => {
    await visitor.open(path);
    const example = examplesOf(visitor.page);
    await example.getByRole("button", { name: "Edit" }).click();
    const text = example.getByRole("textbox", { name: "The program" });
    await text.fill('import { Dense } from "chainrule";\nnew Dense({ units: 0 });');
    await example.getByRole("button", run).click();
    await example.locator("pre.error").waitFor();
    expect(await example.locator("pre.error").textContent()).toMatch(/^ChainruleError: Dense expects /);
    await text.fill("while (true) {}");
    await example.getByRole("button", run).click();
    await example.getByRole("button", { name: "Stop" }).click();
    await text.fill("console.log(6 * 7);");
    await example.getByRole("button", run).click();
    expect(await printedThere(example)).toEqual(["42"]);
    expect(visitor.complaints).toEqual([]);
  });
});
