/** Places of a side of the map: what the network takes each place of the plane for. */
export const SIDE = 80;

export const EPOCHS = 400;

/** What the page says. */
export type Command = "train" | "stop";

/** What the worker says. The map has a probability of "blue" for each place, row by row from the top. */
export type Report =
  | {
      readonly kind: "progress";
      readonly epoch: number;
      /** Of each epoch since the last report. */
      readonly losses: readonly number[];
      readonly accuracy: number;
      readonly map: Float32Array<ArrayBuffer>;
    }
  | { readonly kind: "end"; readonly wasStopped: boolean; readonly bytes: Uint8Array<ArrayBuffer> };
