import { expect, it } from "vitest";
import { root } from "../package/support/root.js";
import { run } from "../package/support/run.js";

it("trains to the same bytes as Node, in the page of the cookbook", async () => {
  const { stdout } = await run("npm", ["run", "--silent", "example:in-the-browser", "--", "--short"], root);
  const sums = [...stdout.matchAll(/sha256 (\w+)…/g)].map(([, sum]) => sum);
  expect(sums).toHaveLength(2);
  expect(sums[0]).toBe(sums[1]);
});
