import type { Page } from "playwright-core";

/** A text whose colour is too near to what is behind it. */
export interface Faint {
  readonly text: string;
  readonly ratio: number;
  readonly color: string;
  readonly behind: string;
}

/** Looks at all texts that can be seen, and lists those of less than `least` : 1, by WCAG's formula. */
export const faintTexts = (page: Page, least: number): Promise<{ seen: number; faint: Faint[] }> =>
  page.evaluate((limit) => {
    type Rgb = readonly [number, number, number];
    const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true })!;
    // Whatever way a colour is written in, a canvas knows its bytes.
    const paint = (layers: readonly string[]): Rgb => {
      context.clearRect(0, 0, 1, 1);
      for (const layer of layers) {
        context.fillStyle = layer;
        context.fillRect(0, 0, 1, 1);
      }
      const [r, g, b] = context.getImageData(0, 0, 1, 1).data;
      return [r, g, b];
    };
    const luminance = (color: Rgb) => {
      const [r, g, b] = color.map((byte) => {
        const share = byte / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const canvas = getComputedStyle(document.documentElement).colorScheme.includes("dark")
      ? "Canvas"
      : "white";
    const backgroundsOf = (element: Element): string[] => {
      const own = getComputedStyle(element).backgroundColor;
      const parent = element.parentElement;
      return parent === null ? [canvas, own] : [...backgroundsOf(parent), own];
    };
    const faint: { text: string; ratio: number; color: string; behind: string }[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    let seen = 0;
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node.parentElement;
      const text = node.textContent?.trim() ?? "";
      if (element === null || text === "" || element.closest("script, style, noscript")) continue;
      if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      seen++;
      const backgrounds = backgroundsOf(element);
      const color = getComputedStyle(element).color;
      const behind = paint(backgrounds);
      const front = paint([...backgrounds, color]);
      const [low, high] = [luminance(front), luminance(behind)].sort((a, b) => a - b);
      const ratio = (high + 0.05) / (low + 0.05);
      if (ratio < limit) faint.push({ text, ratio, color: front.join(), behind: behind.join() });
    }
    return { seen, faint };
  }, least);
