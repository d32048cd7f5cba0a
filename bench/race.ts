import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Child } from "./child.js";
import type { Contender } from "./contender.js";
import { prepare } from "./data.js";
import { root } from "./engines.js";
import type { Job } from "./job.js";
import type { ContenderResult, RaceResult } from "./report/results.js";
import { flopsOf, parametersOf, unitOf } from "./tasks.js";
import { temporary } from "./temporary.js";
import type { Race } from "./works/work.js";

type Entry = { -readonly [key in keyof ContenderResult]: ContenderResult[key] } & { rates: number[] };

/**
 * Contenders in turn, A B A B, in one run, so that a machine that drifts drifts for all of them; each is asked first
 * whether it computes what the others do, and warmed up.
 */
export async function run(race: Race, rounds: number, seconds: number): Promise<RaceResult> {
  const { task } = race;
  const files = await prepare(task, temporary, root);
  const library = pathToFileURL(join(root, "dist/index.js")).href;
  const running: { entry: Entry; child: Child }[] = [];
  const entries = race.contenders.map(entryOf);
  const everyChild = async (act: (child: Child, entry: Entry) => Promise<void>) => {
    for (const { child, entry } of running) if (entry.missing === undefined) await act(child, entry);
  };
  try {
    for (const [i, contender] of race.contenders.entries()) {
      if (contender.missing !== undefined) continue;
      const { threads, how } = contender;
      const job: Job = { task, files, threads, how, library, seconds: race.seconds ?? seconds };
      const child = new Child(contender, job);
      running.push({ entry: entries[i], child });
      Object.assign(entries[i], await child.ready());
    }
    await everyChild(async (child, entry) => void Object.assign(entry, await child.ask("check")));
    for (let round = 0; round <= Math.min(rounds, race.rounds ?? rounds); round++) {
      await everyChild(async (child, entry) => {
        const { rate, missing } = await child.ask("measure");
        if (rate === undefined) entry.missing = missing ?? "no answer";
        else if (round > 0) entry.rates.push(rate);
      });
    }
    if (race.memory)
      await everyChild(async (child, entry) => void Object.assign(entry, await child.ask("memory")));
  } finally {
    for (const { child } of running) child.stop();
  }
  return {
    title: race.title,
    unit: unitOf(task),
    flops: flopsOf(task),
    ...(race.point ? { point: race.point } : {}),
    ...("widths" in task ? { parameters: parametersOf(task.widths) } : {}),
    contenders: entries,
  };
}

function entryOf({ name, group, ours, threads, ceiling, about, differs, missing }: Contender): Entry {
  const base = { name, group, ours, threads, ceiling, rates: [] };
  return {
    ...base,
    ...(about ? { about } : {}),
    ...(differs ? { differs } : {}),
    ...(missing ? { missing } : {}),
  };
}
