import type { Subject } from "./models.js";

/** A way to train: as one process does, as several that share each batch, or as several that know nothing of each other. */
export interface Arm {
  readonly name: string;
  readonly kind: "plain" | "together" | "apart";
  /** Rows of a step, of all processes. */
  readonly batch: number;
}

export interface Job extends Pick<Subject, "widths" | "rows"> {
  readonly arms: readonly Arm[];
  readonly seconds: number;
}

/** How fast an arm was. */
export interface Measured {
  /** Rows a second, of all processes. */
  readonly rate: number;
  /** Milliseconds of a step. */
  readonly step: number;
  /** How much of that was in the reduction, waiting for other ranks included. */
  readonly share: number;
}

/** What a program was told to do. */
export const readJob = <T>(): T => JSON.parse(Buffer.from(process.argv[2], "base64url").toString()) as T;
