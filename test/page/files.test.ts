import { Dense, Dropout, modelToBytes, ReLU, Sequential, Softmax, Tanh } from "chainrule";
import { mnist } from "chainrule/node";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launch } from "../runtimes/support/browser.js";
import type { Site } from "../runtimes/support/site.js";
import { reading } from "./support/draw.js";
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

const give = (page: Page, name: string, bytes: Uint8Array): Promise<void> =>
  page
    .locator("input[type=file]")
    .setInputFiles({ name, mimeType: "application/octet-stream", buffer: Buffer.from(bytes) });

const models = {
  "as npm start saves it": [
    new Dense({ units: 128 }),
    new ReLU(),
    new Dropout({ rate: 0.2 }),
    new Dense({ units: 10 }),
  ],
  "of one layer": [new Dense({ units: 10 })],
  "that ends in Softmax": [new Dense({ units: 9 }), new Tanh(), new Dense({ units: 10 }), new Softmax()],
};

it.each(Object.entries(models))("opens a network %s, and reads with it", async (_, layers) => {
  const { page, complaints, close } = await openPart(browser, site, "think");
  await reading(page);
  const model = new Sequential(layers, { input: [784], seed: 5 });
  await give(page, "mine.safetensors", modelToBytes(model));
  await page.getByText("mine.safetensors").waitFor();

  const last = model.predict((await mnist()).test.x.row(0));
  const isSoftmax = layers.at(-1)?.type === "Softmax";
  const probabilities = isSoftmax ? last : new Sequential([new Softmax()], { input: [10] }).predict(last);
  const { winner, probability } = await reading(page);
  expect(winner).toBe(probabilities.argmax("rows").data[0]);
  expect(probability).toBeCloseTo(probabilities.max(), 4);
  expect(complaints).toEqual([]);
  await close();
});

it("says in a sentence why it does not open a file, and goes on with what it had", async () => {
  const { page, complaints, close } = await openPart(browser, site, "think");
  const before = await reading(page);
  const plane = new Sequential([new Dense({ units: 10 })], { input: [2] });
  const files = {
    "letter.safetensors": new TextEncoder().encode("Dear reader"),
    "plane.safetensors": modelToBytes(plane),
  };
  const problems: (string | null)[] = [];
  for (const [name, bytes] of Object.entries(files)) {
    await give(page, name, bytes);
    problems.push(await page.getByRole("alert").filter({ hasText: name }).textContent());
    expect(await reading(page)).toEqual(before);
  }
  expect(problems).toEqual([
    "letter.safetensors could not be opened. It is damaged, or no network that chainrule has saved.",
    "plane.safetensors could not be opened. This model does not take pictures of 28 × 28 pixels.",
  ]);
  expect(complaints).toEqual([]);
  await close();
});
