import { expect, it } from "vitest";
import { type Streamed, streamAll } from "../soak/stream-memory.js";

// The long run, of ten million rows and resident memory, is `npm run soak:streams`.

it("keeps no row of a file that it trains on", { timeout: 60_000 }, async () => {
  const results: Streamed[] = [];
  const methods = ["rows kept", "batch", "stochastic"] as const;
  await streamAll(200_000, (result) => results.push(result), methods, true);
  const slopes = Object.fromEntries(results.map(({ method, slope }) => [method, slope]));
  expect(slopes["rows kept"]).toBeGreaterThan(15); // five numbers in float32: whoever keeps rows is found out
  for (const method of methods.slice(1)) expect(slopes[method], method).toBeLessThan(4);
});
