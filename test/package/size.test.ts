import { gzipSync } from "node:zlib";
import { transform } from "esbuild";
import { expect, inject, it } from "vitest";
import { bundle } from "./support/bundle.js";

const { consumer } = inject("installed");

it("is below 60 kB gzipped with its WebAssembly, everything imported", async () => {
  const { code } = await bundle('import * as all from "chainrule"; globalThis.all = all;', consumer);
  const minified = await transform(code, { minify: true });
  const kilobytes = gzipSync(minified.code, { level: 9 }).length / 1000;
  console.log(`chainrule, minified and gzipped: ${kilobytes.toFixed(1)} kB`);
  expect(minified.code).toContain("0061736d"); // how WebAssembly begins, in hexadecimal digits
  expect(kilobytes).toBeLessThan(60);
});
