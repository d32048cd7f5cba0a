/** What a thread is given to begin with. The numbers are in shared memory: no thread has a copy. */
export interface Task {
  readonly pixels: Float32Array<SharedArrayBuffer>; // 64 a digit
  readonly digits: Float32Array<SharedArrayBuffer>;
  readonly epochs: number;
}

/** What may be said to it. */
export type Command = "cancel";

/** What it says: how far it is; and in the end the model so far, as the bytes of a file. */
export type Report =
  | { readonly kind: "epoch"; readonly epoch: number; readonly loss: number; readonly accuracy: number }
  | { readonly kind: "end"; readonly wasCancelled: boolean; readonly bytes: Uint8Array<ArrayBuffer> };
