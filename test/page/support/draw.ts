import type { CDPSession, Page } from "playwright-core";
import type { Stroke } from "../../../examples/digits-page/digits/strokes/path.js";

import { PEN } from "../../../examples/digits-page/think/pen.js";

/** Empties the paper. */
export const clear = (page: Page): Promise<void> => page.getByRole("button", { name: "Clear" }).click();

/** Takes a thinner or thicker pen: so many times as wide as the usual one. */
export const choosePen = (page: Page, times: number): Promise<void> =>
  page.getByRole("slider", { name: "Pen" }).fill((PEN * times).toFixed(3));

/** Where the places of the unit square are on the screen. */
async function placesOn(page: Page, strokes: readonly Stroke[]): Promise<Stroke[]> {
  const box = await page.locator("canvas.pad").boundingBox();
  if (box === null) throw new Error("The page has no paper to draw on.");
  return strokes.map((stroke) =>
    stroke.map(({ x, y }) => ({ x: box.x + x * box.width, y: box.y + y * box.height })),
  );
}

/** Draws with the mouse, as fast as events come. */
export async function drawByMouse(page: Page, strokes: readonly Stroke[]): Promise<void> {
  for (const [first, ...rest] of await placesOn(page, strokes)) {
    await page.mouse.move(first.x, first.y);
    await page.mouse.down();
    await Promise.all(rest.map(({ x, y }) => page.mouse.move(x, y)));
    await page.mouse.up();
  }
}

/** Draws with a finger. */
export async function drawByTouch(page: Page, touch: CDPSession, strokes: readonly Stroke[]): Promise<void> {
  const send = (type: "touchStart" | "touchMove" | "touchEnd", touchPoints: { x: number; y: number }[]) =>
    touch.send("Input.dispatchTouchEvent", { type, touchPoints });
  for (const [first, ...rest] of await placesOn(page, strokes)) {
    await send("touchStart", [{ ...first }]);
    for (const point of rest) await send("touchMove", [{ ...point }]);
    await send("touchEnd", []);
  }
}

/** What the page says that it reads. */
export interface Reading {
  readonly winner: number;
  readonly probability: number;
  readonly words: string;
}

/** The digit that the page names, once it names one. */
export async function reading(page: Page): Promise<Reading> {
  const headline = page.locator("output[data-winner]");
  await headline.waitFor();
  return headline.evaluate((element: HTMLElement) => ({
    winner: Number(element.dataset.winner),
    probability: Number(element.dataset.probability),
    words: element.textContent ?? "",
  }));
}
