import { type Matrix, type Meaning, type Metric, Random } from "chainrule";

export interface Rows {
  readonly prediction: Matrix;
  readonly target: Matrix;
  readonly weight?: Matrix | undefined;
}

/** The metric of the rows, in batches of `size`; after each, its state goes through JSON into a new accumulator. */
export function gathered(
  metric: Metric,
  { prediction, target, weight }: Rows,
  { meaning = "probability", size = prediction.rows, save = false }: Options = {},
): number {
  let accumulator = metric.start(meaning);
  for (let start = 0; start < prediction.rows; start += size) {
    const end = Math.min(start + size, prediction.rows);
    accumulator.add(
      prediction.slice(start, end),
      target.slice(start, end),
      ...(weight === undefined ? [] : [weight.slice(start, end)]),
    );
    if (!save) continue;
    const state = JSON.parse(JSON.stringify(accumulator.state)) as number[];
    accumulator = metric.start(meaning);
    accumulator.state = state;
  }
  return accumulator.value();
}

interface Options {
  meaning?: Meaning;
  size?: number;
  save?: boolean;
}

/** Each row as often as its weight says, a whole number. */
export function repeated({ prediction, target, weight }: Rows): Rows {
  const rows = Array.from({ length: prediction.rows }, (_, r) =>
    Array<number>(weight?.at(r, 0) ?? 1).fill(r),
  ).flat();
  return { prediction: prediction.gather(rows), target: target.gather(rows) };
}

/** The rows in another order. */
export function shuffled({ prediction, target, weight }: Rows): Rows {
  const random = Random.fromSeed(5);
  const keys = Array.from({ length: prediction.rows }, (_, r) => [random.uniform(r), r] as const);
  const order = keys.sort(([a], [b]) => a - b).map(([, r]) => r);
  return {
    prediction: prediction.gather(order),
    target: target.gather(order),
    weight: weight?.gather(order),
  };
}
