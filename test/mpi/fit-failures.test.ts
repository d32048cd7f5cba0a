import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Flavour, job, onEach, running } from "./support/job.js";

let folder = "";
let made = 0;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "chainrule-fails-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const fails = (flavour: Flavour, ranks: number, how: string) =>
  job(flavour, ranks, "fit-fails.js", [how, "PIDS", join(folder, String(made++))]);

/** Four steps make an epoch, and two epochs a training: the second one fails after its sixth step. */
const before = "expects every rank to make the same calls, but got the";
const absent =
  /\[rank 0 of \d on \S+\] waited 1\.\d s for rank 1 in the all-reduce of step 14: it has stopped/;
const cases: readonly (readonly [how: string, what: string, said: RegExp])[] = [
  ["throw", "throws", /\[rank 1 of \d on \S+\] Error: the disk is full\n.*fit-fails/],
  ["reject", "leaves a rejection to nobody", /\[rank 1 of \d on \S+\] Error: a bad download\n.*fit-fails/],
  [
    "exit0",
    "ends with the code 0",
    new RegExp(`${before} all-reduce of step 14 .* on rank 0, and the end of the program on rank 1`),
  ],
  [
    "exit3",
    "ends with the code 3",
    /\[rank 1 of \d on \S+\] ended with the code 3, and all other ranks with it/,
  ],
  ["kill", "is killed", /process rank 1 .*exited on signal 9|RUNNING AT .*EXIT CODE: 9/s],
  [
    "fewer",
    "trains once less",
    new RegExp(`${before} broadcast of the agreement before step 9 .*, and the end of the program on rank 1`),
  ],
  ["stop", "is stopped from outside", absent],
  ["stall", "computes for ever", absent],
];

onEach("%s ends a training when a rank", (flavour) => {
  it.each(cases)("%s: %s", async (how, _, said) => {
    for (const ranks of [2, 4]) {
      const { code, stdout, stderr, pids } = await fails(flavour, ranks, how);
      expect(stdout + stderr).toMatch(said);
      expect(code, "the bound did not have to end it").not.toBeNull();
      expect(code).not.toBe(0);
      expect(pids).toHaveLength(ranks);
      expect(await running(pids)).toEqual([]);
    }
  });

  it.each([
    [
      "model",
      /the model to be the same on every rank, but got .*units: 5.* on rank 1, .*units: 4.* on rank 0/,
    ],
    ["seed", /seed to be the same on every rank, but got .* on rank 1, .* on rank 0/],
    ["weights", /the weights to be the same on every rank/],
    ["options", /`epochs` to be the same on every rank, but got 7 on rank 1, 2 on rank 0/],
  ])("has another %s: on every rank, before the first step", async (how, said) => {
    const { code, stdout, stderr, pids } = await fails(flavour, 4, how);
    for (let rank = 0; rank < 4; rank++) {
      const [, line] = new RegExp(`\\[rank ${rank} of 4 on \\S+\\] (.*)`).exec(stderr) ?? [];
      expect(line, stderr).toMatch(/^ChainruleError: fit with `distribute` expects/);
      expect(line).toMatch(said);
    }
    expect(stdout).not.toMatch("STEP");
    expect(code).not.toBeNull();
    expect(code).not.toBe(0);
    expect(await running(pids)).toEqual([]);
  });

  it("and only then", async () => {
    const { code, stderr, stdout } = await fails(flavour, 2, "nothing");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch("STEP");
  });
});
