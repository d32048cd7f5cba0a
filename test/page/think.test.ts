import { Dense, modelToBytes, ReLU, Sequential } from "chainrule";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launch } from "../runtimes/support/browser.js";
import type { Site } from "../runtimes/support/site.js";
import { clear, reading } from "./support/draw.js";
import { openPart, servePage } from "./support/open.js";

let site: Site;
let browser: Browser;
beforeAll(async () => {
  [site, browser] = [await servePage(), await launch()];
});
afterAll(async () => {
  await browser?.close();
  site?.close();
});

const names = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
const press = (page: Page, name: string | RegExp) => page.getByRole("button", { name, exact: true }).click();
const playhead = async (page: Page) => Number(await page.getByLabel("Moment of the animation").inputValue());
const title = (page: Page) => page.locator(".explanation h2").textContent();
const reaches = (page: Page, stop: number) =>
  expect.poll(() => playhead(page), { timeout: 30_000 }).toBe(stop);

it("plays forward to the probabilities, then back to the pixels, and pauses", async () => {
  const { page, complaints, close } = await openPart(browser, site, "think");
  await reading(page);
  await page.getByLabel("Speed").selectOption("4");
  await press(page, "Forward");
  await reaches(page, 4);
  expect(await title(page)).toMatch(/^Softmax/);
  await press(page, "Step back");
  await expect.poll(() => playhead(page), { timeout: 30_000 }).toBeGreaterThan(5);
  await press(page, "Pause");
  const paused = await playhead(page);
  await page.waitForTimeout(200);
  expect(await playhead(page)).toBe(paused);
  await press(page, "Play");
  await reaches(page, 9);
  expect(await title(page)).toBe("At the pixels");
  expect(complaints).toEqual([]);
  await close();
});

it("goes layer by layer, each with a text of its own", async () => {
  const { page, close } = await openPart(browser, site, "think", { reducedMotion: "reduce" });
  await reading(page);
  await reaches(page, 4);
  const slider = page.getByLabel("Moment of the animation");
  await slider.fill("0");
  const titles = [await title(page)];
  for (let stop = 1; stop <= 9; stop++) {
    await press(page, "One layer on");
    await reaches(page, stop);
    titles.push(await title(page));
  }
  expect(titles).toEqual([
    "The picture",
    "Hidden layer 1: forward",
    "Hidden layer 2: forward",
    "Output layer: forward",
    "Softmax: ten probabilities",
    "The loss: how wrong is that?",
    "Back to the output layer",
    "Hidden layer 2: the chain rule",
    "Hidden layer 1: the chain rule",
    "At the pixels",
  ]);
  await press(page, "One layer before");
  expect(await playhead(page)).toBe(8);
  await slider.press("ArrowLeft");
  expect(await playhead(page)).toBe(7);
  await close();
});

it("shows a card at the unit under the pointer, and takes it away", async () => {
  const { page, close } = await openPart(browser, site, "think");
  await reading(page);
  const canvas = page.locator("canvas[role=application]");
  const box = (await canvas.boundingBox())!;
  // The output units stand left of their bars, in the middle of the height.
  const found = new Set<string>();
  for (let y = box.y + 60; y < box.y + box.height; y += 6) {
    await page.mouse.move(box.x + box.width - 216, y);
    const card = page.locator(".card h3");
    if ((await card.count()) > 0) found.add((await card.textContent()) ?? "");
  }
  expect([...found]).toEqual(names.map((name) => `Output, ${name}`));
  await page.mouse.move(0, 0);
  expect(await page.locator(".card").count()).toBe(0);
  await close();
});

it("takes another label for true, learns from the digit, and forgets it", async () => {
  const { page, close } = await openPart(browser, site, "think");
  const before = await reading(page);
  expect(before.winner).toBe(7);
  const of = (digit: number) =>
    page
      .locator(`tr[data-digit="${digit}"] td`)
      .nth(1)
      .evaluate((cell: HTMLElement) => Number(cell.dataset.value));
  await page.getByRole("radio", { name: "2" }).check();
  const shares = [await of(2)];
  for (let i = 0; i < 8; i++) {
    await press(page, "Learn from this digit");
    shares.push(await of(2));
  }
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect((await reading(page)).winner).toBe(2);
  await press(page, "Forget");
  expect(await reading(page)).toEqual(before);
  await close();
});

it("has nothing to go back from on empty paper", async () => {
  const { page, close } = await openPart(browser, site, "think");
  await reading(page);
  await clear(page);
  expect(await page.locator("output.headline").textContent()).toMatch(/^Draw a digit/);
  expect(await page.getByRole("button", { name: "Step back" }).isDisabled()).toBe(true);
  expect(await page.getByRole("radio").count()).toBe(0);
  await close();
});

it("opens a network from a file, and says what is wrong with one that is none", async () => {
  const { page, complaints, close } = await openPart(browser, site, "think");
  await reading(page);
  const file = page.getByLabel("Open a network from a file");
  const open = (name: string, model: Sequential | string) =>
    file.setInputFiles({
      name,
      mimeType: "application/octet-stream",
      buffer: Buffer.from(typeof model === "string" ? model : modelToBytes(model)),
    });
  const layers = () => [new Dense({ units: 16 }), new ReLU(), new Dense({ units: 10 })];
  await open("own.safetensors", new Sequential(layers(), { input: [784], seed: 3 }));
  await page.getByText("own.safetensors").waitFor();
  expect(await page.locator(".model").textContent()).toContain("12,730 weights and biases");

  await open("other.safetensors", new Sequential(layers(), { input: [4], seed: 3 }));
  await page.getByText("other.safetensors could not be opened. This model does not take pictures").waitFor();
  await open("text.safetensors", "no file of tensors");
  await page.getByText("text.safetensors could not be opened.").waitFor();
  expect(await page.locator(".model").textContent()).toContain("own.safetensors");
  expect(complaints).toEqual([]);
  await close();
});
