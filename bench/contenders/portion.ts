import type { TrainTask } from "../tasks.js";

/** How many rows to go through, and how often, to see about `amount` examples. Slow contenders see fewer rows. */
export function portion(task: TrainTask, amount: number): { rows: number; epochs: number } {
  const step = task.batchSize === "full" ? task.rows : task.batchSize;
  const rows = Math.min(task.rows, step * Math.ceil(amount / step));
  return { rows, epochs: Math.max(1, Math.round(amount / rows)) };
}

/** What is trained before everybody's loss is compared, in the order of the rows, and on how many it is measured. */
export function checkPortion({ batchSize, rows }: TrainTask): {
  rows: number;
  epochs: number;
  measured: number;
} {
  const measured = Math.min(rows, 512);
  if (batchSize === "full") return { rows, epochs: 2, measured };
  return { rows: Math.min(rows, Math.max(256, 10 * batchSize)), epochs: 1, measured };
}
