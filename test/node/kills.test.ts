import { expect, it } from "vitest";
import { killOften } from "../soak/kills.js";

it("goes on to the same bits however often it is killed", { timeout: 120_000 }, async () => {
  const { kills, trainings, failures } = await killOften(36, 7);
  expect(failures).toEqual([]);
  expect(kills).toBe(36);
  expect(trainings).toBeGreaterThan(0);
});
