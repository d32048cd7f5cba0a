import { expect, it } from "vitest";
import { job, onEach, running } from "./support/job.js";

const differ = (theirs: string) =>
  new RegExp(
    `\\[rank 1 of 3 on \\S+\\].*expects every rank to make the same calls, but got the all-reduce of step 6 \\(1000 × 4 bytes\\) on rank 0, and ${theirs} on rank 1`,
  );
const absent = /\[rank 0 of 3 on \S+\] waited 1\.\d s for rank 1 in the all-reduce of step 6: it has stopped/;

/** What rank 1 does in step 6, and what is said then. */
const cases: readonly (readonly [how: string, what: string, said: RegExp])[] = [
  ["throw", "throws", /\[rank 1 of 3 on \S+\] Error: a bad picture\n.*fails\.mjs/],
  ["reject", "leaves a rejection to nobody", /\[rank 1 of 3 on \S+\] Error: a bad download\n.*fails\.mjs/],
  ["abort", "aborts", /\[rank 1 of 3 on \S+\] Error: enough\n.*fails\.mjs/],
  ["exit0", "ends with the code 0", differ("the end of the program")],
  [
    "exit3",
    "ends with the code 3",
    /\[rank 1 of 3 on \S+\] ended with the code 3, and all other ranks with it/,
  ],
  ["never", "waits for what never comes", /\[rank 1 of 3 on \S+\] ended with the code 13/],
  ["fewer", "makes fewer steps", differ("the end of the program")],
  ["longer", "sums another number of numbers", differ("the all-reduce of step 5 \\(7 × 4 bytes\\)")],
  ["other", "makes another call", differ("the broadcast of step 5 \\(1000 × 4 bytes from rank 0\\)")],
  ["stall", "computes for ever", absent],
  ["stop", "is stopped from outside", absent],
];

onEach("%s ends a job when a rank", (flavour) => {
  it.each(cases)("%s: %s", async (how, _, said) => {
    const { code, stderr, pids } = await job(flavour, 3, "fails.mjs", [how, "PIDS"]);
    expect(stderr).toMatch(said);
    expect(code, "the bound did not have to end it").not.toBeNull();
    expect(code).not.toBe(0);
    expect(pids).toHaveLength(3);
    expect(await running(pids)).toEqual([]);
  });

  it("is killed; the launcher says so", async () => {
    const { code, stdout, stderr, pids } = await job(flavour, 3, "fails.mjs", ["kill", "PIDS"]);
    const said =
      flavour === "openmpi" ? /process rank 1 .*exited on signal 9/s : /RUNNING AT .*EXIT CODE: 9/s;
    expect(stdout + stderr).toMatch(said);
    expect(code).not.toBeNull();
    expect(code).not.toBe(0);
    expect(await running(pids)).toEqual([]);
  });

  it("is rank 0, for which the others wait", async () => {
    const { code, stderr, pids } = await job(flavour, 3, "fails.mjs", ["stall0", "PIDS"]);
    expect(stderr).toMatch(/\[rank [12] of 3 on \S+\] waited 1\.\d s for rank 0 in the all-reduce of step 6/);
    expect(code).not.toBeNull();
    expect(code).not.toBe(0);
    expect(await running(pids)).toEqual([]);
  });

  it("and only then", async () => {
    const { code, stderr } = await job(flavour, 3, "fails.mjs", ["nothing", "PIDS"]);
    expect([code, stderr]).toEqual([0, ""]);
  });
});
