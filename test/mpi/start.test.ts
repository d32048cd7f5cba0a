import { cp, mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { programs } from "./support/build.js";
import { flavours, job, onEach, resultsOf } from "./support/job.js";

const names = {
  openmpi: { name: "Open MPI", library: "libmpi.so.40", variable: "OMPI_COMM_WORLD_SIZE" },
  mpich: { name: "MPICH", library: "libmpich.so.12", variable: "PMI_SIZE" },
};
const other = { openmpi: "mpich", mpich: "openmpi" } as const;

onEach("started by %s", (flavour) => {
  const launcher = names[flavour];
  const foreign = names[other[flavour]];

  it.skipIf(flavours.length < 2)(
    "refuses the other's library, with which each would train alone",
    async () => {
      const { code, stdout, stderr } = await job(flavour, 2, "sums.mjs", [], {
        CHAINRULE_MPI: foreign.library,
      });
      expect(stdout).not.toContain("RESULT");
      expect(stderr).toContain(
        `ChainruleError: mpi expects the 2 processes that ${launcher.name} has started (${launcher.variable}), but got 1 from ${foreign.name}`,
      );
      expect(code).not.toBeNull();
      expect(code).not.toBe(0);
    },
  );

  it("says which libraries it has looked for", async () => {
    const { code, stderr } = await job(flavour, 2, "sums.mjs", [], { CHAINRULE_MPI: "libnone.so" });
    expect(stderr).toContain("mpi expects an MPI library, but got none by the name of libnone.so. Install");
    expect(code).not.toBeNull();
    expect(code).not.toBe(0);
  });

  it("says which package to install", async () => {
    const folder = await realpath(await mkdtemp(join(tmpdir(), "chainrule-mpi-")));
    try {
      await cp(programs, folder, { recursive: true });
      const { code, stderr } = await job(flavour, 2, join(folder, "sums.mjs"));
      expect(stderr).toContain("mpi expects the package koffi, but got none. Run `npm install koffi`.");
      expect(code).not.toBeNull();
      expect(code).not.toBe(0);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it("leaves V8 the signals that it lives by", async () => {
    expect(resultsOf(await job(flavour, 2, "trap.mjs"))).toEqual(["RuntimeError", "RuntimeError"]);
  });

  it("takes a library by its name", async () => {
    const { code, stdout } = await job(flavour, 2, "sums.mjs", [], { CHAINRULE_MPI: launcher.library });
    expect([code, stdout.match(/RESULT/g)?.length]).toEqual([0, 2]);
  });
});
