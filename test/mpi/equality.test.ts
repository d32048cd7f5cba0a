import { afterAll, beforeAll, expect, it } from "vitest";
import { canMakeHosts, type Hosts, twoHosts } from "./support/hosts.js";
import { job, onEach, resultsOf } from "./support/job.js";

interface Result {
  readonly name: string;
  /** Of the parameters, the history, and a checkpoint with the optimizer's state. */
  readonly sha256: string;
  readonly ranks: number;
  /** How many ranks have something else than rank 0. */
  readonly others: number;
  readonly numbers?: readonly number[];
  readonly history?: Readonly<Record<string, readonly number[]>>;
}

const hosted = canMakeHosts();
const hashesOf = (results: readonly Result[]) => results.map(({ name, sha256 }) => ({ name, sha256 }));

let alone: readonly Result[] = [];
beforeAll(async () => {
  alone = resultsOf(await job("alone", 1, "equal.js"));
});

it("is in one process what `fit` does without `distribute`, to 1e-6", async () => {
  const plain = resultsOf<Result>(await job("alone", 1, "equal.js", ["plain"]));
  expect(plain.length).toBeGreaterThanOrEqual(7);
  for (const [i, { name, numbers = [], history = {} }] of plain.entries()) {
    const one = alone[i].numbers ?? [];
    const distance = Math.hypot(...numbers.map((x, i) => x - one[i]));
    expect(distance / Math.hypot(...numbers), name).toBeLessThan(1e-6);
    expect(Object.keys(alone[i].history ?? {})).toEqual(Object.keys(history));
  }
});

onEach("%s trains to the bytes of one process", (flavour) => {
  const expectSame = async (ranks: number, which: "all" | "few", hosts?: Hosts) => {
    const ended = await job(flavour, ranks, "equal.js", [which], {}, hosts && { hosts });
    const results = resultsOf<Result>(ended);
    for (const result of results) expect(result).toMatchObject({ ranks, others: 0 });
    expect(hashesOf(alone)).toEqual(expect.arrayContaining(hashesOf(results)));
    expect(results).toHaveLength(which === "few" ? 2 : alone.length);
  };

  it.each([2, 4])("with %i ranks", (ranks) =>
    expectSame(ranks, ranks === 4 && flavour === "mpich" ? "few" : "all"),
  );

  let hosts: Hosts | undefined;
  afterAll(() => hosts?.remove());
  it.runIf(hosted).each([2, 4])("with %i ranks on two hosts", (ranks) => {
    hosts ??= twoHosts();
    return expectSame(ranks, "few", hosts);
  });

  it("in the example", async () => {
    const [one, two] = [
      await job("alone", 1, "data-parallel.js", ["--short"]),
      await job(flavour, 2, "data-parallel.js", ["--short"]),
    ];
    const [, sum] = /^sha256: (\w{64})\s*$/m.exec(one.stdout) ?? [];
    expect(one.stdout).toMatch(/^one process/);
    expect(two.stdout).toMatch(/^2 processes/);
    expect(two.stdout.replaceAll("\r", "").match(/^sha256: .*$/gm)).toEqual([`sha256: ${sum}`]);
  });
});
