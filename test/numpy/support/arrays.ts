import { Matrix, type TensorLike } from "chainrule";

/** What is in test/fixtures/ours.npz and ours-compressed.npz. */
export const arrays: Readonly<Record<string, TensorLike>> = {
  x: Matrix.from([
    [0, 0.25, 0.5],
    [0.75, 1, 1.25],
  ]),
  labels: { shape: [2], data: BigInt64Array.of(2n, -1n) },
  flags: { dtype: "BOOL", shape: [2, 1], data: Uint8Array.of(1, 0) },
};
