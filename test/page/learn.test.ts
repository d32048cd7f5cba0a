import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launch } from "../runtimes/support/browser.js";
import type { Site } from "../runtimes/support/site.js";
import { describeFrames, watchFrames } from "./support/frames.js";
import { openPart, servePage } from "./support/open.js";

/** No task of the page may keep it from answering for longer than this while it trains, in milliseconds. */
const LONGEST_TASK = 50;

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

const numberOf = async (root: Locator, measure: string, run = 0): Promise<number> => {
  const text = await root.locator(`[data-measure="${measure}"]`).nth(run).textContent();
  return Number.parseFloat((text ?? "").replaceAll(",", ""));
};
const button = (root: Locator, name: string) => root.getByRole("button", { name, exact: true });

/** The part of the page, once its network is there. */
async function ready(page: Page, part: "learn" | "playground"): Promise<Locator> {
  const root = page.locator(`#${part}`);
  await expect.poll(() => button(root, "Start").isEnabled(), { timeout: 30_000 }).toBe(true);
  return root;
}

const reaches = (root: Locator, measure: string, least: number, run = 0) =>
  expect.poll(() => numberOf(root, measure, run), { timeout: 60_000, interval: 100 }).toBeGreaterThan(least);

it("would see a task that is too long", async () => {
  const { page, close } = await openPart(browser, site, "learn");
  await ready(page, "learn");
  const frames = await watchFrames(browser, page);
  await page.evaluate(() => {
    setTimeout(() => {
      const end = performance.now() + 500; // some of it on a core, on a machine however busy
      while (performance.now() < end);
    });
  });
  await page.waitForTimeout(1000);
  expect((await frames.end()).longestTask).toBeGreaterThan(LONGEST_TASK);
  await close();
});

it("learns to read digits, and the page answers all the while", async () => {
  const { page, complaints, close } = await openPart(browser, site, "learn");
  const root = await ready(page, "learn");
  const frames = await watchFrames(browser, page);
  await button(root, "Start").click();
  await reaches(root, "Validation accuracy", 90);
  await reaches(root, "Passes", 20);
  const watched = await frames.end();
  console.log(`Learn, one run: ${describeFrames(watched)}`);
  expect(watched.longestTask).toBeLessThan(LONGEST_TASK);
  expect(await numberOf(root, "Examples/s")).toBeGreaterThan(0);

  await button(root, "Pause").click();
  await button(root, "Start").waitFor();
  const steps = await numberOf(root, "Steps");
  await button(root, "One step").click();
  await reaches(root, "Steps", steps);
  await button(root, "Show in Think").click();
  await page.getByText("The model that you trained").waitFor();
  expect(complaints).toEqual([]);
  await close();
});

it("pauses, steps by one example, and begins anew", async () => {
  const { page, complaints, close } = await openPart(browser, site, "learn");
  const root = await ready(page, "learn");
  await root.getByLabel("Examples a step").selectOption("2");
  await ready(page, "learn");
  await button(root, "One example").click();
  await root.getByText(/Example 1 of 2 of this step/).waitFor();
  expect(await numberOf(root, "Steps")).toBe(0);
  await button(root, "One example").click();
  await root.getByText(/The weights moved/).waitFor();
  expect(await numberOf(root, "Steps")).toBe(1);

  await button(root, "Start").click();
  await reaches(root, "Steps", 10);
  await button(root, "Pause").click();
  await button(root, "Start").waitFor();
  // What was under way comes to its end before the worker answers the next command.
  await button(root, "One example").click();
  await root.locator(".looked").waitFor();
  const steps = await numberOf(root, "Steps");
  await button(root, "One step").click();
  await expect.poll(() => numberOf(root, "Steps")).toBe(steps + 1);
  await button(root, "Reset").click();
  await expect.poll(() => numberOf(root, "Steps")).toBe(0);
  expect(complaints).toEqual([]);
  await close();
});

it("lays batch and stochastic descent side by side", async () => {
  const { page, complaints, close } = await openPart(browser, site, "learn");
  const root = await ready(page, "learn");
  await button(root, "Compare two runs").click();
  await ready(page, "learn");
  const frames = await watchFrames(browser, page);
  await button(root, "Start").click();
  await reaches(root, "Steps", 20, 0);
  const watched = await frames.end();
  console.log(`Learn, two runs: ${describeFrames(watched)}`);
  expect(watched.longestTask).toBeLessThan(LONGEST_TASK);
  const [a, b] = [await numberOf(root, "Steps", 0), await numberOf(root, "Steps", 1)];
  expect(b).toBeGreaterThan(100 * a);
  const text = await root.locator(".comparison").textContent();
  console.log(text);
  expect(text).toMatch(/A \(batch gradient descent\) took \d+ steps?, B \(stochastic .*\) took [\d,]+ steps/);
  expect(await root.locator(".weights canvas").count()).toBe(2);
  expect(complaints).toEqual([]);
  await close();
});

it("shows a network without hidden layers, with probabilities as outputs, in Think", async () => {
  const { page, complaints, close } = await openPart(browser, site, "learn");
  const root = await ready(page, "learn");
  for (let i = 0; i < 2; i++) await button(root, "Remove a hidden layer").click();
  await root.getByLabel("Loss").selectOption("squaredError");
  await expect.poll(() => numberOf(root, "Weights and biases")).toBe(7850);
  await ready(page, "learn");
  await root.getByText("What the ten outputs, from 0 to 9, look for").waitFor();
  await button(root, "Show in Think").click();
  await page.getByText("The model that you trained").waitFor();
  expect(complaints).toEqual([]);
  await close();
});

it("says what to do where the learning rate is too large", async () => {
  const { page, complaints, close } = await openPart(browser, site, "learn");
  const root = await ready(page, "learn");
  await root.getByLabel("Activation").selectOption("linear");
  await root.getByLabel("Learning rate").selectOption("10");
  await ready(page, "learn");
  await button(root, "Start").click();
  await root.getByRole("alert").waitFor();
  expect(await root.getByRole("alert").textContent()).toContain("Lower the learning rate");
  await root.getByLabel("Learning rate").selectOption("0.01");
  await button(root, "Reset").click();
  await ready(page, "learn");
  expect(complaints).toEqual([]);
  await close();
});

it("tells the colours of every kind of points apart", async () => {
  const { page, complaints, close } = await openPart(browser, site, "playground");
  const root = await ready(page, "playground");
  for (const shape of ["Circles", "XOR", "Moons", "Spiral"]) {
    await root.locator("label", { hasText: shape }).click();
    await root.getByRole("radio", { name: shape }).isChecked();
    await ready(page, "playground");
    const frames = await watchFrames(browser, page);
    await button(root, "Start").click();
    await reaches(root, "Validation accuracy", 95);
    const watched = await frames.end();
    const seen = await numberOf(root, "Examples seen");
    console.log(`Playground, ${shape}, over 95 % after ${seen} examples: ${describeFrames(watched)}`);
    expect(watched.longestTask).toBeLessThan(LONGEST_TASK);
    await button(root, "Pause").click();
    await button(root, "Start").waitFor();
  }
  expect(complaints).toEqual([]);
  await close();
});

it("takes other features and layers, and shows what a unit makes of the plane", async () => {
  const { page, complaints, close } = await openPart(browser, site, "playground");
  const root = await ready(page, "playground");
  const weights = () => numberOf(root, "Weights and biases");
  expect(await weights()).toBe(2 * 8 + 8 + 8 * 8 + 8 + 8 + 1);
  await button(root, "Feature xy").click();
  await expect.poll(weights).toBe(3 * 8 + 8 + 8 * 8 + 8 + 8 + 1);
  await button(root, "Remove a hidden layer").click();
  await expect.poll(weights).toBe(3 * 8 + 8 + 8 + 1);
  await button(root, "Remove a unit of hidden layer 1").click();
  await expect.poll(weights).toBe(3 * 7 + 7 + 7 + 1);
  await root.getByRole("button", { name: "Unit 3 of hidden layer 1" }).focus();
  expect(await root.locator(".plane figcaption").textContent()).toBe("Unit 3 of hidden layer 1");
  expect(complaints).toEqual([]);
  await close();
});
