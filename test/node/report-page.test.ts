import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { bundleReportPage, moduleOf } from "../../scripts/build-report-page.mjs";
import * as generated from "../../src/node/generated/report-page.js";
import { histogramOf } from "../../src/node/report/histogram.js";
import { html } from "../../src/node/report/html.js";
import { numberText, percentText, secondsText } from "../../src/node/report/number-text.js";
import { pictureOf } from "../../src/node/report/picture.js";

it("is what the build makes of its sources, the licence of the charts included", async () => {
  expect({ ...generated }).toEqual(await bundleReportPage());
  expect(generated.reportScript).toMatch(/^\/\*! uPlot: The MIT License/);
  expect(moduleOf({ a: '"' })).toContain('export const a = "\\"";');
});

it("escapes all that is no template", () => {
  expect(html`<p title="${'"'}">${"<"}${[html`<b>`, "&"]}${undefined}${false}${0}`.text).toBe(
    '<p title="&#34;">&#60;<b>&#38;0',
  );
});

it("writes numbers for people", () => {
  const numbers = [0, 1, 0.31239, 12345.6, 1.2e-5, -3e10, Number.NaN, Number.POSITIVE_INFINITY, null];
  expect(numbers.map(numberText)).toEqual(["0", "1", "0.3124", "12,346", "1.2e-5", "-3e+10", "–", "∞", "–"]);
  expect([0, 0.0001, 0.5, 0.9999, 1].map(percentText).map((text) => text.replaceAll("\u00a0", " "))).toEqual([
    ...["0 %", "< 0.1 %", "50.0 %", "> 99.9 %", "100 %"],
  ]);
  expect([0.9996, 59.96, 119.7].map(secondsText)).toEqual(["1.0 s", "1 min 0 s", "2 min 0 s"]);
  expect([0.05, 3.01, 125, 7300].map(secondsText)).toEqual(["50 ms", "3.0 s", "2 min 5 s", "2 h 1 min"]);
});

it("counts numbers in bins, those that are not finite aside", () => {
  expect(histogramOf([0, 1, 1, Number.NaN])).toMatchObject({ least: 0, largest: 1, mean: 2 / 3 });
  const { bins } = histogramOf(Float32Array.from({ length: 4001 }, (_, i) => i / 4000)) ?? { bins: [] };
  expect(bins).toHaveLength(40);
  expect(bins.every((count) => count > 970)).toBe(true);
  expect(histogramOf([3, 3])).toEqual({ least: 3, largest: 3, mean: 3, deviation: 0, bins: [1000] });
  expect(histogramOf([Number.NaN])).toBeNull();
});

it("makes bytes of pictures, stretched where they are not from 0 to 1, and smaller where they are large", () => {
  expect([...pictureOf([0, 0.5, 1, 0.25], [2, 2]).bytes]).toEqual([0, 128, 255, 64]);
  expect([...pictureOf([-1, 3, 1], [1, 1, 3]).bytes]).toEqual([0, 255, 128]);
  const large = pictureOf(new Float32Array(200 * 100 * 3).fill(1), [200, 100, 3]);
  expect(large).toMatchObject({ height: 67, width: 34, channels: 3 });
  expect(large.bytes.every((byte) => byte === 255)).toBe(true);
});

it("has a policy that lets nothing but its own script and style run", async () => {
  const { policy } = await import("../../src/node/report/page.js");
  const hash = (text: string) => createHash("sha256").update(text).digest("base64");
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain(`script-src 'sha256-${hash(generated.reportScript)}'`);
  expect(policy).not.toContain("unsafe");
});
