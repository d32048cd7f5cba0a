import { cpus } from "node:os";
import { number, table } from "../report/table.js";
import { median } from "../statistics.js";
import { flavours, titles } from "./flavours.js";
import { launch, onTwoHosts, type Place } from "./launch.js";

const KB = 1024;
const sizes = [4, KB, 16 * KB, 256 * KB, KB * KB, 4 * KB * KB, 16 * KB * KB];
const inWords = (bytes: number) => {
  if (bytes < KB) return `${bytes} B`;
  return bytes < KB * KB ? `${bytes / KB} KiB` : `${bytes / KB / KB} MiB`;
};

/** The time of a reduction by size and way, in turn, a few rounds. */
export async function measureReductions(rounds: number): Promise<string> {
  const cores = cpus().length;
  const local = flavours.flatMap((flavour): readonly Place[] =>
    [2, 4].map((ranks) => ({
      name: `${titles[flavour]}, ${ranks} ranks${ranks > cores ? ` on ${cores} cores` : ""}`,
      ...{ flavour, ranks },
    })),
  );
  const columns = new Map<string, (readonly number[])[]>();
  const add = async (place: Place) => {
    const { microseconds } = await launch<{ microseconds: readonly number[] }>(place, "sums", {
      bytes: sizes,
    });
    columns.set(place.name, [...(columns.get(place.name) ?? []), microseconds]);
  };
  for (let round = 0; round < rounds; round++) {
    for (const place of local) await add(place);
    for (const flavour of flavours) {
      const name = `${titles[flavour]}, 2 "hosts", TCP`;
      await onTwoHosts((hosts) => add({ name, flavour, ranks: 2, hosts }));
    }
  }
  const names = [...columns.keys()];
  const cells = sizes.map((size, i) => [
    inWords(size),
    ...names.map((name) => {
      const times = columns.get(name)!.map((column) => column[i]);
      return `${number(median(times))} (${number(Math.min(...times))} – ${number(Math.max(...times))})`;
    }),
  ]);
  return table(["Microseconds", ...names], cells);
}
