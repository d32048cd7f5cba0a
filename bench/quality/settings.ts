/** What both networks have, the same for every set: fixed before the first run of a seed. */
export const settings = {
  units: 64,
  epochs: 100,
  batchSize: 32,
  /** What `npx tsx bench/quality/run.ts` does without options. */
  folds: 10,
  repeats: 5,
  /** Of the folds. The networks of a fold are seeded by its number. 2026 was that of the first run. */
  seed: 2030,
};

/** What scikit-learn is given, and the recipe "same" with it. */
export const same = {
  learningRate: 1e-3,
  /** scikit-learn's `alpha`: it adds ½ · alpha · Σw² / batch to the mean loss of a batch. */
  alpha: 1e-4,
};

/**
 * The recipe "own": AdamW whose rate falls to 0 along a cosine, and dropout of inputs and of hidden numbers. Chosen on
 * the folds of seeds 1 to 20.
 */
export const own = { learningRate: 5e-3, weightDecay: 0.5, dropout: 0.2, labelSmoothing: 0.1 };

/** One set of examples/data: rows of numbers, the last column to be predicted, class indices or numbers. */
export interface SetOf {
  readonly name: string;
  readonly target: string;
  /** How many classes there are; 0 for a number, which is standardized as the inputs are. */
  readonly classes: number;
  readonly rows: number;
  readonly inputs: number;
}

export const sets: readonly SetOf[] = [
  { name: "digits", target: "digit", classes: 10, rows: 1797, inputs: 64 },
  { name: "iris", target: "species", classes: 3, rows: 150, inputs: 4 },
  { name: "wine", target: "cultivar", classes: 3, rows: 178, inputs: 13 },
  { name: "breast-cancer", target: "benign", classes: 2, rows: 569, inputs: 30 },
  { name: "diabetes", target: "progression", classes: 0, rows: 442, inputs: 10 },
];
