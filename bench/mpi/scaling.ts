import { cpus } from "node:os";
import type { Flavour } from "../../test/mpi/support/job.js";
import { number, table } from "../report/table.js";
import { median, ratios } from "../statistics.js";
import { titles } from "./flavours.js";
import type { Arm, Measured } from "./job.js";
import { launch, type Place } from "./launch.js";
import { ROWS, type Subject } from "./models.js";

type Round = Readonly<Record<string, Measured>>;

const scalings = { weak: (ranks: number) => ROWS * ranks, strong: () => 4 * ROWS };

/** One process alone, plain and with `distribute`, at the batches of both scalings. */
const alone: readonly Arm[] = Object.entries(scalings).flatMap(([name, batchOf]) => [
  { name: `${name} plain`, kind: "plain", batch: batchOf(1) },
  { name: `${name} together`, kind: "together", batch: batchOf(1) },
]);

const armsFor = (ranks: number): readonly Arm[] =>
  Object.entries(scalings).flatMap(([name, batchOf]) => [
    { name: `${name} together`, kind: "together", batch: batchOf(ranks) },
    { name: `${name} apart`, kind: "apart", batch: batchOf(ranks) },
  ]);

const spread = (numbers: readonly number[], inWords = (x: number) => x.toFixed(2)): string =>
  `${inWords(median(numbers))} (${inWords(Math.min(...numbers))} – ${inWords(Math.max(...numbers))})`;

/** How the rate grows with the ranks, and what `distribute` costs one process; arms in turn, round by round. */
export async function measureScaling(
  subject: Subject,
  flavour: Flavour,
  rounds: number,
  seconds: number,
): Promise<{ readonly growth: string; readonly cost: string }> {
  const places: readonly Place[] = [1, 2, 4].map((ranks) =>
    ranks === 1 ? { name: "1", ranks } : { name: `${titles[flavour]}, ${ranks}`, ranks, flavour },
  );
  const results = new Map<number, Round[]>(places.map(({ ranks }) => [ranks, []]));
  const { widths, rows } = subject;
  for (let round = 0; round < rounds; round++) {
    for (const place of places) {
      const inTurn = place.ranks === 1 ? alone : armsFor(place.ranks);
      const arms = round % 2 === 0 ? inTurn : [...inTurn].reverse();
      results.get(place.ranks)!.push(await launch<Round>(place, "train", { widths, rows, arms, seconds }));
    }
  }
  const of = (ranks: number, arm: string, what: keyof Measured = "rate") =>
    results.get(ranks)!.map((round) => round[arm][what]);
  const share = (x: number) => `${(100 * x).toFixed(0)} %`;
  const lines = [2, 4].flatMap((ranks) =>
    Object.keys(scalings).map((scaling) => {
      const efficiency = (arm: string) =>
        ratios(of(ranks, `${scaling} ${arm}`), of(1, `${scaling} plain`)).map((ratio) => ratio / ranks);
      return [
        `${subject.name}, ${scaling}, ${ranks} ranks${ranks > cpus().length ? `, ${cpus().length} cores` : ""}`,
        spread(of(ranks, `${scaling} together`, "step"), number),
        spread(of(ranks, `${scaling} together`, "share"), share),
        spread(efficiency("together")),
        spread(efficiency("apart")),
        spread(ratios(of(ranks, `${scaling} together`), of(ranks, `${scaling} apart`))),
      ];
    }),
  );
  const costs = Object.entries(scalings).map(([scaling, batchOf]) => [
    `${subject.name}, batches of ${batchOf(1)}`,
    spread(of(1, `${scaling} plain`), number),
    spread(of(1, `${scaling} together`), number),
    spread(ratios(of(1, `${scaling} together`), of(1, `${scaling} plain`))),
  ]);
  return { growth: table(growthHead, lines), cost: table(costHead, costs) };
}

const growthHead = ["", "a step, ms", "in the reduction", "efficiency", "ceiling: apart", "of the ceiling"];
const costHead = ["", "plain, rows/s", "`distribute`, rows/s", "ratio"];
