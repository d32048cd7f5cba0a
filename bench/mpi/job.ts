import type { Subject } from "./models.js";

/**
 * A way to train: one process alone while the others sleep; all of them on each batch; or each on its share of it, as if
 * there were no others.
 */
export interface Arm {
  readonly name: string;
  readonly kind: "alone" | "together" | "apart";
  /** Rows of a step, of all processes. */
  readonly batch: number;
}

export interface Job extends Pick<Subject, "widths" | "rows"> {
  readonly arms: readonly Arm[];
  /** How often each of them takes its turn. */
  readonly rounds: number;
}

/** How fast an arm was in one turn. */
export interface Turn {
  /** Rows a second, of all processes. */
  readonly rate: number;
  /** Milliseconds of a step. */
  readonly step: number;
  /** How much of that was in the reduction, waiting for other ranks included. */
  readonly share: number;
}

/** The turns of each arm, by its name. */
export type Turns = Readonly<Record<string, readonly Turn[]>>;

/** What a program was told to do. */
export const readJob = <T>(): T => JSON.parse(Buffer.from(process.argv[2], "base64url").toString()) as T;
