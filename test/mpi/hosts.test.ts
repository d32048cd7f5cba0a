import { expect, it } from "vitest";
import { canMakeHosts, twoHosts } from "./support/hosts.js";
import { job, onEach, resultsOf, running } from "./support/job.js";

interface Result {
  readonly otherThanTree: number;
  readonly hash: string;
}

const hosted = canMakeHosts();

/** Who notices first that the line is cut: mpirun, if it is told to look, or a rank that waits. */
const cuts = {
  openmpi: ["60s", /lost communication with a remote daemon.*Remote daemon: .* on node 10\.77\.0\.3/s],
  mpich: [
    "2s",
    /\[rank 0 of 2 on chainrule-\d+-\d+a\] waited 2\.\d s for rank 1 in the all-reduce of step \d+/,
  ],
} as const;

onEach(
  "two hosts, %s",
  (flavour) => {
    it("give the bits of one", async () => {
      const hosts = twoHosts();
      try {
        const results = resultsOf<Result>(await job(flavour, 4, "bits.mjs", [], {}, { hosts }));
        const [here] = resultsOf<Result>(await job(flavour, 4, "bits.mjs"));
        expect(results).toHaveLength(4);
        for (const result of results) expect(result).toEqual(here);
      } finally {
        hosts.remove();
      }
    });

    it.each([
      ["throw", /\[rank 1 of 2 on chainrule-\d+-\d+b\] Error: a bad picture/],
      ["fewer", /the end of the program on rank 1/],
      [
        "stall",
        /\[rank 0 of 2 on chainrule-\d+-\d+a\] waited 1\.\d s for rank 1 in the all-reduce of step 6/,
      ],
      ["kill", /signal 9|EXIT CODE: 9/],
    ])("end together when the other one fails: %s", async (how, said) => {
      const hosts = twoHosts();
      try {
        const ended = await job(flavour, 2, "fails.mjs", [how, "PIDS"], {}, { hosts });
        expect(ended.stdout + ended.stderr).toMatch(said);
        expect(ended.code).not.toBeNull();
        expect(ended.code).not.toBe(0);
        expect(await running(ended.pids)).toEqual([]);
      } finally {
        hosts.remove();
      }
    });

    it("end when the line between them is cut", async () => {
      const hosts = twoHosts();
      const [timeout, said] = cuts[flavour];
      let isCut = false;
      const onOutput = (stdout: string) => {
        if (isCut || !stdout.includes("READY")) return;
        isCut = true;
        hosts.cut();
      };
      try {
        const ended = await job(flavour, 2, "steps.mjs", ["PIDS", timeout], {}, { hosts, onOutput });
        expect(ended.stdout + ended.stderr).toMatch(said);
        expect(ended.code).not.toBeNull();
        expect(ended.code).not.toBe(0);
        expect(await running(ended.pids)).toEqual([]);
      } finally {
        hosts.remove();
      }
    });
  },
  hosted,
);
