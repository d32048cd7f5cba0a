import { expect, it } from "vitest";
import { flavours, job, onEach, resultsOf } from "./support/job.js";

interface Result {
  readonly otherByLength: readonly number[];
  readonly otherThanTree: number;
  readonly hash: string;
}

const transports = {
  "shared memory": {},
  TCP: { OMPI_MCA_btl: "self,tcp", MPIR_CVAR_NOLOCAL: "1", UCX_TLS: "self,tcp" },
};

onEach("%s", (flavour) => {
  it.each([2, 3, 4])("has the same bits in every rank, length and transport, on %i ranks", async (size) => {
    const hashes: string[] = [];
    for (const variables of Object.values(transports)) {
      const results = resultsOf<Result>(await job(flavour, size, "bits.mjs", [], variables));
      expect(results).toHaveLength(size);
      for (const { otherByLength, otherThanTree, hash } of results) {
        expect(otherByLength, "the first place where a length gives another sum").toEqual([-1, -1, -1, -1]);
        expect(otherThanTree, "the first place that is not the balanced tree's").toBe(-1);
        hashes.push(hash);
      }
    }
    expect(new Set(hashes).size).toBe(1);
  });
});

it.runIf(flavours.includes("openmpi"))(
  "leaves alone what the user has set: a ring groups otherwise",
  async () => {
    const ring = { OMPI_MCA_coll_tuned_allreduce_algorithm: "4" };
    const results = resultsOf<Result>(await job("openmpi", 4, "bits.mjs", [], ring));
    expect(results.every(({ otherThanTree }) => otherThanTree >= 0)).toBe(true);
    expect(new Set(results.map(({ hash }) => hash)).size, "the same in every rank all the same").toBe(1);
  },
);
