import type { Task } from "./tasks.js";

/** Where a task's numbers are: raw float32, the same bytes for everybody. */
export interface Files {
  /** Rows of inputs; for products, the one operand and then the other. */
  readonly inputs: string;
  /** An index of a class for each row, or rows of targets. */
  readonly targets: string;
  /** For each layer W [inputs × units] and then b. */
  readonly weights: string;
}

/** What a contender is told: what to do, with which numbers, and how. */
export interface Job {
  readonly task: Task;
  readonly files: Files;
  readonly threads: number;
  /** How long a measurement shall take. */
  readonly seconds: number;
  /** The URL of our built package. */
  readonly library: string;
  /** Settings of this contender alone. */
  readonly how: Readonly<Record<string, string | boolean>>;
}

/** A line of a contender's answers. */
export interface Answer {
  /** First: what is at work, or what keeps it from working. */
  readonly version?: string;
  readonly engine?: string;
  readonly note?: string;
  readonly missing?: string;
  /** To "check": numbers that everybody must get, such as the loss before and after some steps. */
  readonly check?: readonly number[];
  /** To "measure": items a second. */
  readonly rate?: number;
  /** To "memory": peak bytes above the bare runtime and the loaded data. */
  readonly memory?: number;
}
