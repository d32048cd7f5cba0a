import { number, table } from "../report/table.js";
import { median, ratios } from "../statistics.js";
import type { Arm, Turn, Turns } from "./job.js";
import { launch, type Place } from "./launch.js";
import { ROWS, type Subject } from "./models.js";

const scalings: Readonly<Record<string, (ranks: number) => number>> = {
  weak: (ranks) => ROWS * ranks,
  strong: () => 4 * ROWS,
};

/** What is compared at one number of ranks, in one job, so that what else the machine does hits all of it. */
const armsFor = (ranks: number): readonly Arm[] =>
  Object.entries(scalings).flatMap(([name, batchOf]): readonly Arm[] => [
    { name: `${name} alone`, kind: "alone", batch: batchOf(1) },
    { name: `${name} together`, kind: "together", batch: batchOf(ranks) },
    ...(ranks > 1 ? [{ name: `${name} apart`, kind: "apart", batch: batchOf(ranks) } as const] : []),
  ]);

const spread = (numbers: readonly number[], inWords = (x: number) => x.toFixed(2)): string =>
  `${inWords(median(numbers))} (${inWords(Math.min(...numbers))} – ${inWords(Math.max(...numbers))})`;
const percent = (x: number) => `${(100 * x).toFixed(0)} %`;

/** How the rate grows with the ranks: a line for each scaling. */
export async function measureScaling(
  { name, widths, rows }: Subject,
  place: Place,
  rounds: number,
): Promise<readonly (readonly string[])[]> {
  const { ranks } = place;
  const turns = await launch<Turns>(place, "train", { widths, rows, arms: armsFor(ranks), rounds });
  return Object.entries(scalings).map(([scaling, batchOf]) => {
    const of = (arm: string, what: keyof Turn = "rate") =>
      (turns[`${scaling} ${arm}`] ?? turns[`${scaling} alone`]).map((turn) => turn[what]);
    const efficiency = (arm: string) => ratios(of(arm), of("alone")).map((ratio) => ratio / ranks);
    // The fastest turn of each: as near as it gets to a machine that does nothing else.
    const fastest = (arm: string) => Math.max(...of(arm)) / (ranks * Math.max(...of("alone")));
    return [
      `${name}, ${scaling}, ${place.name}, ${batchOf(ranks)} rows`,
      spread(of("together", "step"), number),
      spread(of("together", "share"), percent),
      spread(efficiency("together")),
      spread(efficiency("apart")),
      spread(ratios(of("together"), of("apart"))),
      `${fastest("together").toFixed(2)} / ${fastest("apart").toFixed(2)}`,
    ];
  });
}

/** The lines as a table. */
export const scalingTable = (lines: readonly (readonly string[])[]): string =>
  table(
    ["", "a step, ms", "in the reduction", "efficiency", "ceiling", "of the ceiling", "fastest turns"],
    lines,
  );
