import { number, table } from "../report/table.js";
import { agreement, doubling, networks } from "./cluster.js";
import type { Arm, Turn, Turns } from "./job.js";
import { launch, onTwoHosts } from "./launch.js";
import { parametersOf, ROWS, subjects } from "./models.js";

const BATCH = 4 * ROWS;

const arms: readonly Arm[] = (["together", "apart"] as const).map((kind) => ({
  name: kind,
  kind,
  batch: BATCH,
}));

const fastest = (turns: readonly Turn[]): Turn => turns.reduce((a, b) => (b.step < a.step ? b : a));

/** Steps on two networks of this machine with a line of 1 Gb/s, beside what the model says of them. */
export async function checkModel(rounds: number): Promise<string> {
  const [network] = networks;
  const lines = await onTwoHosts(async (hosts) => {
    hosts.limit("1gbit");
    const place = { name: "two hosts", flavour: "openmpi", ranks: 2, hosts } as const;
    const rows: string[][] = [];
    for (const subject of subjects) {
      const { widths, rows: count } = subject;
      const job = { widths, rows: count, arms, rounds: 4 * rounds };
      const { apart: alone, together } = await launch<Turns>(place, "train", job);
      const bytes = 4 * parametersOf(subject);
      const apart = fastest(alone).step;
      const { step: measured, share } = fastest(together);
      const inReduction = measured * share;
      const said = 1000 * (agreement(2, network) + doubling(2, bytes, network));
      const off = (100 * (apart + said)) / measured - 100;
      const cells = [apart, said, inReduction, apart + said, measured].map(number);
      rows.push([subject.name, ...cells, `${off > 0 ? "+" : "−"}${Math.abs(off).toFixed(0)} %`]);
    }
    return rows;
  });
  if (lines === undefined) return "The model was not checked: that takes two hosts.";
  const head = [
    "",
    "a step without the others",
    "reduction, model",
    "measured",
    "step, model",
    "measured",
    "off",
  ];
  return `Milliseconds at 1 Gb/s, two "hosts", batches of ${BATCH}\n\n${table(head, lines)}`;
}
