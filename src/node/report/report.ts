import type { About } from "./about.js";
import type { Entry } from "./entries.js";
import type { Findings } from "./findings.js";
import type { PageData } from "./page-data.js";

/** Everything that a page shows. */
export interface Report {
  readonly title: string;
  readonly state: State;
  /** When it was written. */
  readonly written: Date;
  /** Every epoch. */
  readonly entries: readonly Entry[];
  readonly about: About;
  readonly findings: Findings | undefined;
  /** Names of the classes, of the inputs, and the shape of pictures, where they are known. */
  readonly labels: readonly string[] | undefined;
  readonly inputs: readonly string[] | undefined;
  readonly images: readonly number[] | undefined;
  /** What is drawn. */
  readonly data: PageData;
}

/** How training stands. */
export type State =
  | { readonly name: "running"; readonly epochs: number }
  | { readonly name: "finished" }
  | { readonly name: "stopped"; readonly epochs: number }
  | { readonly name: "failed"; readonly why: string };
