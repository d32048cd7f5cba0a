import type { Loss } from "../losses/loss.js";
import type { Matrix } from "../matrix.js";
import type { Accumulator } from "../metrics.js";

/** Adds the rows to the metrics, all but those that the loss leaves out, whose targets need not make sense to them. */
export function measure(
  metrics: readonly Accumulator[],
  loss: Loss,
  prediction: Matrix,
  target: Matrix,
  weight: Matrix | undefined,
): void {
  const rows = countedRows(loss, target);
  if (rows?.length === 0) return;
  const part = (m: Matrix) => (rows === undefined ? m : m.gather(rows));
  const shown = [part(prediction), part(target), weight && part(weight)] as const;
  for (const metric of metrics) metric.add(...shown);
}

/** The numbers of the rows that count, unless all do. */
function countedRows(loss: Loss, target: Matrix): number[] | undefined {
  if (loss.ignores === undefined) return undefined;
  const counted: number[] = [];
  for (let r = 0; r < target.rows; r++) if (!loss.ignores(target, r)) counted.push(r);
  return counted.length === target.rows ? undefined : counted;
}
