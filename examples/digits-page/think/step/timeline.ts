/**
 * The order in which things are shown, for a network of S stages, one stop after the other:
 * the pixels (0), the stages (1 … S), the probabilities, the loss, the gradient at each stage from the last to the
 * first, and the gradient by the pixels. A playhead is a number between two stops.
 */
export type Stop =
  | { readonly kind: "pixels" | "probabilities" | "loss" | "byPixel" }
  | { readonly kind: "stage" | "gradient"; readonly stage: number };

/** All stops; those of the way back only where a label is known. */
export function stopsOf(stages: number, withLabel: boolean): Stop[] {
  const order = Array.from({ length: stages }, (_, stage) => stage);
  const forward: Stop[] = [
    { kind: "pixels" },
    ...order.map((stage) => ({ kind: "stage", stage }) as const),
    { kind: "probabilities" },
  ];
  if (!withLabel) return forward;
  return [
    ...forward,
    { kind: "loss" },
    ...order.reverse().map((stage) => ({ kind: "gradient", stage }) as const),
    { kind: "byPixel" },
  ];
}

/** Where the forward pass is done. */
export const forwardEnd = (stages: number): number => stages + 1;

/** How far the picture is, each from 0 to 1; stages from 0. */
export interface Progress {
  /** How far the products have run along the connections into a stage. */
  flow(stage: number): number;
  /** How bright its units are. */
  lit(stage: number): number;
  readonly probabilities: number;
  readonly loss: number;
  /** How bright the gradient at a stage's units is. */
  gradient(stage: number): number;
  /** How far the gradient of the weights into a stage has appeared. */
  change(stage: number): number;
  /** How far the gradient has run back along the connections into a stage. */
  carry(stage: number): number;
  readonly byPixel: number;
}

const part = (from: number, to: number, at: number) => Math.min(1, Math.max(0, (at - from) / (to - from)));

/** What a playhead shows. */
export function progressAt(playhead: number, stages: number): Progress {
  const loss = stages + 2;
  const arrives = (stage: number) => loss + stages - stage; // at the units of a stage, from 0; of −1: at the pixels
  return {
    flow: (stage) => part(stage, stage + 0.75, playhead),
    lit: (stage) => part(stage + 0.5, stage + 1, playhead),
    probabilities: part(stages + 0.1, stages + 1, playhead),
    loss: part(loss - 0.7, loss, playhead),
    gradient: (stage) => part(arrives(stage) - 0.6, arrives(stage) - 0.2, playhead),
    change: (stage) => part(arrives(stage) - 0.3, arrives(stage), playhead),
    carry: (stage) => part(arrives(stage - 1) - 1, arrives(stage - 1) - 0.4, playhead),
    byPixel: part(arrives(-1) - 0.5, arrives(-1), playhead),
  };
}
