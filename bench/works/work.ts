import type { Contender } from "../contender.js";
import type { Task } from "../tasks.js";

/** One task and who competes at it. */
export interface Race {
  readonly title: string;
  readonly task: Task;
  readonly contenders: readonly Contender[];
  /** How long a measurement shall take. Default: that of the run. */
  readonly seconds?: number;
  /** Rounds, where there are many races. Default: those of the run. */
  readonly rounds?: number;
  /** Whether to measure peak memory, too. */
  readonly memory?: boolean;
  /** Where the race stands on a curve. */
  readonly point?: { readonly curve: string; readonly x: number };
}

/** Races that belong together: a section of the results. */
export interface Work {
  readonly name: string;
  readonly about: string;
  races(): readonly Race[];
}
