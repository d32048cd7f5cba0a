import type { Sequential } from "chainrule";

/** Handwritten digits, each a picture of 28 × 28. */
export interface Digits {
  /** [count × 784], row by row, from 0 (paper) to 1 (ink) */
  readonly pixels: Float32Array;
  /** The digit that each picture shows. */
  readonly labels: Uint8Array;
  readonly count: number;
}

/** Which of them: those to learn from, or those that no model has seen. */
export type Part = "train" | "test";

/** A built model with input [784] and ten outputs, logits or the probabilities of a last Softmax. */
export type Shown = Sequential;

/** What a section may ask of the page around it. */
export interface Host {
  /** Opens a model in Think. It need not be compiled. @throws for one that is no `Shown` */
  show(model: Shown): void;
}

/** A part of the page, filled when its tab is first opened. */
export type Mount = (root: HTMLElement, host: Host) => Section;

/** What happens to a part that was filled. */
export interface Section {
  /** Its tab was opened again. */
  shown?(): void;
  /** Another tab was opened: nothing that is only drawn needs to go on. */
  hidden?(): void;
}
