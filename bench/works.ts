/** A task that every contender does: train a network on rows of numbers, some steps for each measurement. */
export interface Work {
  readonly name: string;
  /** Widths from the inputs to the outputs, with ReLU between. */
  readonly widths: readonly number[];
  readonly batchSize: number;
  readonly optimizer: "sgd" | "adam";
  /** Steps in one measurement. */
  readonly steps: number;
}

export const works: readonly Work[] = [
  { name: "mnist-sgd", widths: [784, 128, 10], batchSize: 32, optimizer: "sgd", steps: 100 },
  { name: "mnist-adam", widths: [784, 128, 10], batchSize: 32, optimizer: "adam", steps: 100 },
  { name: "mnist-one", widths: [784, 128, 10], batchSize: 1, optimizer: "sgd", steps: 500 },
  { name: "tiny", widths: [2, 8, 1], batchSize: 4, optimizer: "sgd", steps: 2000 },
];
