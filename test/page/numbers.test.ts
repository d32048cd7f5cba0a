import { join } from "node:path";
import {
  type Floats,
  Matrix,
  Sequential as Model,
  type Sequential,
  SGD,
  Softmax,
  softmaxCrossEntropy,
} from "chainrule";
import { loadModel, mnist } from "chainrule/node";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { digitFromStrokes } from "../../examples/digits-page/digits/digit-image.js";
import { PEN } from "../../examples/digits-page/think/pen.js";
import { root } from "../package/support/root.js";
import { launch } from "../runtimes/support/browser.js";
import type { Site } from "../runtimes/support/site.js";
import { reading } from "./support/draw.js";
import { openPart, servePage } from "./support/open.js";

let site: Site;
let browser: Browser;
let model: Sequential;
let digits: { x: Matrix; y: Matrix };
beforeAll(async () => {
  [site, browser] = [await servePage(), await launch()];
  model = await loadModel(join(root, "examples/digits-page/public/model.safetensors"));
  model.compile({ loss: softmaxCrossEntropy(), optimizer: new SGD({ learningRate: 0.1 }) });
  digits = (await mnist()).test;
});
afterAll(async () => {
  await browser?.close();
  site?.close();
});

const softmax = new Model([new Softmax()], { input: [10] });
const probabilitiesOf = (x: Matrix) => softmax.predict(model.predict(x)).data;

/** The page computes with fused arithmetic, this process perhaps not. */
const expectNear = (found: readonly number[], wanted: Floats | readonly number[]) => {
  expect(found).toHaveLength(wanted.length);
  found.forEach((value, i) => {
    expect(Math.abs(value - wanted[i])).toBeLessThanOrEqual(2e-5 * Math.max(1, Math.abs(wanted[i])));
  });
};

/** The columns of the page's table of the output layer. */
const columnsOf = (page: Page): Promise<number[][]> =>
  page.evaluate(() => {
    const rows = [...document.querySelectorAll("tr[data-digit]")];
    return [0, 1, 2].map((col) =>
      rows.map((row) => Number((row.querySelectorAll("td")[col] as HTMLElement).dataset.value)),
    );
  });

/** The card of the unit that has the focus. */
const cardOf = (page: Page): Promise<{ name: string; facts: Record<string, number> }> =>
  page.evaluate(() => {
    const facts = [...document.querySelectorAll<HTMLElement>("#unit-card [data-fact]")];
    return {
      name: document.querySelector("#unit-card h3")?.textContent ?? "",
      facts: Object.fromEntries(facts.map(({ dataset }) => [dataset.fact, Number(dataset.value)])),
    };
  });

it("begins with a seven of the test set, and says of it what predict and trace say", async () => {
  const { page, complaints, close } = await openPart(browser, site, "think");
  const [x, y] = [digits.x.row(0), digits.y.row(0)];
  expect(y.at(0, 0)).toBe(7);
  const wanted = probabilitiesOf(x);
  const read = await reading(page);
  expect(read.winner).toBe(7);
  expectNear([read.probability], [wanted[7]]);

  const [z, p, dz] = await columnsOf(page);
  const traced = model.trace(x, y);
  expectNear(z, model.predict(x).data);
  expectNear(p, wanted);
  expectNear(dz, traced.at(-1)?.gradient?.data ?? []);
  expectNear(
    dz,
    [...wanted].map((share, digit) => share - (digit === 7 ? 1 : 0)),
  );
  expect(complaints).toEqual([]);
  await close();
});

it("shows z, a and the gradient of each unit that one walks to, as trace gives them", async () => {
  const { page, complaints, close } = await openPart(browser, site, "think");
  await reading(page);
  const traced = model.trace(digits.x.row(0), digits.y.row(0));
  await page.locator("canvas[role=application]").focus();
  const seen = new Set<string>();
  for (const key of [
    "Right",
    "Down",
    "Down",
    "Down",
    "Right",
    "Down",
    "Right",
    "Right",
    "Right",
    "Right",
    "Up",
    "Right",
  ]) {
    await page.keyboard.press(`Arrow${key}`);
    const { name, facts } = await cardOf(page);
    seen.add(name);
    const [, layer, unit] = /^Hidden layer (\d), unit (\d+)$/.exec(name) ?? [];
    if (layer === undefined) continue;
    const [dense, activation] = [traced[2 * Number(layer) - 2], traced[2 * Number(layer) - 1]];
    const of = (values: Matrix | undefined) => values?.at(0, Number(unit) - 1) ?? Number.NaN;
    const wanted = [of(dense.output), of(activation.output), of(dense.gradient)];
    expectNear([facts.z, facts.a, facts.dz], wanted);
  }
  expect([...seen].join("; ")).toMatch(/Hidden layer 1.*Hidden layer 2.*Output/);
  expect(complaints).toEqual([]);
  await close();
});

it("reads a drawing as predict reads what was made of the strokes", async () => {
  const { page, close } = await openPart(browser, site, "think");
  const box = (await page.locator("canvas.pad").boundingBox())!;
  const places = [0.2, 0.5, 0.8].map((share) => ({
    x: Math.round(box.x + share * box.width),
    y: Math.round(box.y + 0.3 * box.height),
  }));
  places.push({ x: Math.round(box.x + 0.5 * box.width), y: Math.round(box.y + 0.9 * box.height) });
  await page.mouse.move(places[0].x, places[0].y);
  await page.mouse.down();
  for (const { x, y } of places.slice(1)) await page.mouse.move(x, y);
  await page.mouse.up();
  const { winner, probability } = await reading(page);
  const pen = Number(await page.locator("canvas.pad").getAttribute("data-pen"));
  expect(pen).toBe(PEN);
  const pixels = digitFromStrokes([places], pen * box.width)!;
  const wanted = probabilitiesOf(new Matrix(1, 784, pixels));
  expect(probability).toBeCloseTo(Math.max(...wanted), 3);
  expect(wanted[winner]).toBe(Math.max(...wanted));
  await close();
});
