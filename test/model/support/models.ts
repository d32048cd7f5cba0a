import {
  Adam,
  accuracy,
  type Batch,
  Dense,
  Dropout,
  type DType,
  Matrix,
  Random,
  ReLU,
  Sequential,
  softmaxCrossEntropy,
} from "chainrule";

/** Rows of three classes around three centres, [rows × 4], with class indices as targets. */
export function blobs(rows = 24, dtype: DType = "float32", label = "blobs"): Batch {
  const random = Random.fromSeed(11).child(label);
  const y = Matrix.zeros(rows, 1, dtype).map((_, r) => r % 3);
  const x = Matrix.zeros(rows, 4, dtype).map((_, r, c) => {
    return (c === r % 3 ? 1.5 : 0) + 0.5 * random.normal(4 * r + c);
  });
  return { x, y };
}

/** Weights from 0.25 to 2 that differ from row to row. */
export function weights(rows: number, dtype: DType = "float32"): Matrix {
  return Matrix.zeros(rows, 1, dtype).map((_, r) => 0.25 * (1 + ((5 * r) % 8)));
}

export const layers = () => [
  new Dense({ units: 8 }),
  new ReLU(),
  new Dropout({ rate: 0.25 }),
  new Dense({ units: 3 }),
];

/** A small classifier for `blobs` with dropout, compiled; built where there is `input`. */
export function classifier({ seed = 5, dtype = "float32" as DType, built = true } = {}) {
  const optimizer = new Adam({ learningRate: 0.02 });
  const options = built ? { seed, dtype, input: [4] } : { seed, dtype };
  const model = new Sequential(layers(), options).compile({
    loss: softmaxCrossEntropy(),
    optimizer,
    metrics: [accuracy()],
  });
  return { model, optimizer };
}

/** All numbers of a model, one after the other. */
export function bits(model: Sequential<string>): number[] {
  return model.parameters.flatMap(({ value }) => [...value.data]);
}

/** The batches of these rows, `size` rows each. */
export function cut({ x, y, sampleWeight }: Batch, size: number): Batch[] {
  const batches: Batch[] = [];
  for (let start = 0; start < x.rows; start += size) {
    const part = (m: Matrix) => m.slice(start, Math.min(start + size, m.rows));
    const batch = { x: part(x), y: part(y) };
    batches.push(sampleWeight === undefined ? batch : { ...batch, sampleWeight: part(sampleWeight) });
  }
  return batches;
}
