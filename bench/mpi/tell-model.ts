import { number, table } from "../report/table.js";
import { checkModel } from "./check-model.js";
import { type Compute, doubling, efficiency, networks, ring } from "./cluster.js";
import type { Arm, Turns } from "./job.js";
import { launch } from "./launch.js";
import { parametersOf, ROWS, type Subject, subjects } from "./models.js";

const machines = [2, 4, 8, 16];

/** How many times as fast as one core of this machine. */
const speeds = [1, 16];

const arms: readonly Arm[] = [ROWS, 4 * ROWS].map((batch) => ({ name: `${batch}`, kind: "together", batch }));

/** What a step and a row cost one process with one thread: the two from steps of two sizes. */
async function computeOf({ widths, rows }: Subject, rounds: number): Promise<Compute> {
  const job = { widths, rows, arms, rounds: 4 * rounds };
  const turns = await launch<Turns>({ name: "1", ranks: 1 }, "train", job);
  // Of the fastest turns: what else the machine does only ever adds to a time.
  const [few, many] = arms.map(({ name }) => Math.min(...turns[name].map(({ step }) => step)) / 1000);
  const row = (many - few) / (3 * ROWS);
  return { step: Math.max(0, few - ROWS * row), row };
}

/** Efficiencies that follow from what was measured here and what is assumed of networks, and how far that is off here. */
export async function tellModel(rounds: number): Promise<string> {
  const texts: string[] = [];
  for (const subject of subjects.slice(1)) {
    const compute = await computeOf(subject, rounds);
    const parameters = parametersOf(subject);
    const cost = `${number(1e6 * compute.row)} µs a row, ${number(1000 * compute.step)} ms a step`;
    const lines = speeds.flatMap((speed) =>
      [512, 4096].flatMap((batch) =>
        networks.map((network) => {
          const faster = { step: compute.step / speed, row: compute.row / speed };
          const step = { batch, bytes: 4 * parameters, compute: faster, network };
          const cells = machines.map((ranks) => efficiency(ranks, step).toFixed(2));
          return [`× ${speed}, ${batch} rows, ${network.name}`, ...cells];
        }),
      ),
    );
    texts.push(`${subject.name}: ${number(parameters)} parameters, ${cost}`);
    texts.push(table(["", ...machines.map((n) => `${n} machines`)], lines));
  }
  texts.push("Milliseconds of a reduction on 10 Gb/s: recursive doubling / a ring", reductions());
  texts.push(await checkModel(rounds));
  return texts.join("\n\n");
}

function reductions(): string {
  const inWords = (seconds: number) => number(1000 * seconds);
  const lines = [1e5, 1e6, 1e7].map((parameters) => {
    const cells = machines.map((ranks) =>
      [doubling, ring].map((way) => inWords(way(ranks, 4 * parameters, networks[1]))).join(" / "),
    );
    return [`${number(parameters)} parameters`, ...cells];
  });
  return table(["", ...machines.map((n) => `${n} machines`)], lines);
}
