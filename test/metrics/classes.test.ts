import { accuracy, binaryAccuracy, f1, fBeta, Matrix, matthews, precision, recall, topK } from "chainrule";
import { describe, expect, it } from "vitest";
import { confusionMatrix } from "../../src/metrics/confusion-matrix.js";
import { gathered } from "./gather.js";

const column = (...numbers: number[]) =>
  Matrix.from(
    numbers.map((x) => [x]),
    "float64",
  );
const rows = (prediction: Matrix, target: Matrix, weight?: Matrix) => ({ prediction, target, weight });

// Yes or no: TP 2, FP 1, FN 2, TN 1
const answers = rows(column(0.9, 0.8, 0.7, 0.1, 0.2, 0.3), column(1, 1, 0, 1, 1, 0));
// Found 0 0 1 1 2, wanted 0 1 1 1 0; nobody is of class 2, and class 3 does not occur.
const four = rows(
  Matrix.from([
    [0.7, 0.1, 0.1, 0.1],
    [0.4, 0.4, 0.1, 0.1],
    [0, 1, 0, 0],
    [0, 0.6, 0.4, 0],
    [0.2, 0.2, 0.6, 0],
  ]),
  Matrix.from([[0], [1], [1], [1], [0]]),
);

describe("precision, recall and their means", () => {
  it("count by hand, of yes in one column", () => {
    expect(gathered(precision(), answers)).toBe(2 / 3);
    expect(gathered(recall(), answers)).toBe(2 / 4);
    expect(gathered(f1(), answers)).toBeCloseTo(4 / (4 + 1 + 2), 15);
    expect(gathered(fBeta({ beta: 2 }), answers)).toBeCloseTo(10 / (10 + 4 * 2 + 1), 15);
    for (const average of ["macro", "micro", "weighted"] as const) {
      expect(gathered(precision({ average }), answers)).toBe(2 / 3);
    }
  });

  it("count by hand, of the classes that occur", () => {
    // Precision 1/2, 2/2, 0/1; recall 1/2, 2/3, none.
    expect(gathered(precision(), four)).toBeCloseTo((1 / 2 + 1 + 0) / 3, 15);
    expect(gathered(recall(), four)).toBeCloseTo((1 / 2 + 2 / 3 + 0) / 3, 15);
    expect(gathered(precision({ average: "weighted" }), four)).toBeCloseTo((2 * 0.5 + 3 * 1) / 5, 15);
    expect(gathered(recall({ average: "weighted" }), four)).toBeCloseTo(3 / 5, 15);
    for (const metric of [precision, recall, f1, fBeta]) {
      expect(gathered(metric({ average: "micro" }), four)).toBe(gathered(accuracy(), four));
    }
  });

  it("are 0 where nothing is to be divided by", () => {
    const none = rows(column(0.1, 0.2), column(1, 1)); // nothing found
    const neither = rows(column(0.1, 0.2), column(0, 0));
    for (const metric of [precision, recall, f1, fBeta]) {
      expect(gathered(metric(), none)).toBe(0);
      expect(gathered(metric(), neither)).toBe(0);
    }
  });

  it("fBeta goes from precision to recall", () => {
    expect(gathered(fBeta(), answers)).toBe(gathered(f1(), answers));
    expect(gathered(fBeta({ beta: 0 }), answers)).toBe(gathered(precision(), answers));
    expect(gathered(fBeta({ beta: 1e200 }), answers)).toBe(gathered(recall(), answers));
  });
});

describe("matthews", () => {
  it("counts by hand", () => {
    expect(gathered(matthews(), answers)).toBe(0); // 2·1 − 1·2
    const better = rows(answers.prediction, column(1, 1, 1, 1, 1, 0)); // TP 3, FP 0, FN 2, TN 1
    expect(gathered(matthews(), better)).toBeCloseTo((3 * 1 - 0 * 2) / Math.sqrt(3 * 5 * 1 * 3), 15);
  });

  it("is ±1 for all right and all wrong, also of weights that round", () => {
    const weight = column(0.1, 0.7, 1.3, 0.2, 1e-9, 1e9);
    const wanted = column(1, 1, 1, 0, 0, 0);
    expect(gathered(matthews(), rows(answers.prediction, wanted))).toBe(1);
    expect(gathered(matthews(), rows(answers.prediction, column(0, 0, 0, 1, 1, 1)))).toBe(-1);
    expect(gathered(matthews(), rows(answers.prediction, wanted, weight))).toBeCloseTo(1, 12);
  });

  it("is 0 where one class was found, or wanted", () => {
    const weight = column(0.1, 0.2, 0.7);
    for (const yes of [0, 1]) {
      expect(gathered(matthews(), rows(column(yes, yes, yes), column(1, 0, 1), weight))).toBe(0);
      expect(gathered(matthews(), rows(column(0.2, 0.9, 0.3), column(yes, yes, yes), weight))).toBe(0);
    }
    const first = Matrix.from([
      [1, 0, 0],
      [1, 0, 0],
    ]);
    expect(gathered(matthews(), rows(first, Matrix.from([[0], [2]])))).toBe(0);
  });
});

describe("topK", () => {
  const y = Matrix.from([
    [5, 5, 5, 1],
    [1, 2, 3, 4],
    [Number.NaN, 9, 9, Number.NaN],
    [-Infinity, Infinity, Infinity, 0],
  ]);

  it("with k 1 is accuracy, of equal and of endless numbers too", () => {
    for (let c = 0; c < 4; c++) {
      const target = Matrix.full(4, 1, c);
      expect(gathered(topK({ k: 1 }), rows(y, target))).toBe(gathered(accuracy(), rows(y, target)));
    }
  });

  it("takes the first of equals", () => {
    const share = (k: number, c: number) => gathered(topK({ k }), rows(y, Matrix.full(4, 1, c)));
    expect([1, 2, 3, 4].map((k) => share(k, 1))).toEqual([1 / 4, 2 / 4, 1, 1]);
    expect([1, 2, 3, 4].map((k) => share(k, 3))).toEqual([1 / 4, 2 / 4, 3 / 4, 1]);
  });

  it("refuses what has no k classes", () => {
    expect(() => gathered(topK(), rows(y, column(0, 1, 2, 3)))).toThrow(
      "topK expects predictions of at least 5 classes, but got 4. Choose a smaller `k`.",
    );
    expect(() => gathered(topK({ k: 1 }), answers)).toThrow("at least 2 classes");
    expect(() => topK({ k: 0 })).toThrow("topK expects `k` to be a whole number of at least 1, but got 0.");
  });
});

describe("binaryAccuracy", () => {
  it("counts every column as a question of its own, and rows by weight", () => {
    const prediction = Matrix.from([
      [0.6, 0.4],
      [0.5, 0.9],
    ]);
    const target = Matrix.from([
      [1, 1],
      [0, 1],
    ]);
    expect(gathered(binaryAccuracy(), rows(prediction, target))).toBe(3 / 4);
    expect(gathered(binaryAccuracy(), rows(prediction, target, column(3, 1).as("float32")))).toBe(5 / 8);
  });

  it("compares probabilities by the threshold, also those of logits", () => {
    const wanted = column(1, 1, 0);
    const p = column(0.31, 0.9, 0.29);
    const z = p.map((x) => Math.log(x / (1 - x)));
    expect(gathered(binaryAccuracy({ threshold: 0.3 }), rows(p, wanted))).toBe(1);
    expect(gathered(binaryAccuracy({ threshold: 0.3 }), rows(z, wanted), { meaning: "logit" })).toBe(1);
    expect(gathered(binaryAccuracy({ threshold: 0 }), rows(z, wanted), { meaning: "logit" })).toBe(2 / 3);
    expect(gathered(binaryAccuracy({ threshold: 1 }), rows(z, wanted), { meaning: "logit" })).toBe(1 / 3);
    const values = rows(column(-3, 2, -1), column(0, 1, 1));
    expect(gathered(binaryAccuracy({ threshold: -2 }), values, { meaning: "value" })).toBe(1);
  });

  it("has a probability at the threshold mean no, in either width", () => {
    for (const dtype of ["float32", "float64"] as const) {
      const at = rows(Matrix.full(1, 1, 0.3, dtype), Matrix.zeros(1, 1, dtype));
      expect(gathered(binaryAccuracy({ threshold: 0.3 }), at)).toBe(1);
    }
  });
});

describe("confusionMatrix", () => {
  it("has a row for each wanted class and a column for each found one", () => {
    expect(confusionMatrix(answers.prediction, answers.target).toArray()).toEqual([
      [1, 1],
      [2, 2],
    ]);
    expect(confusionMatrix(four.prediction, four.target).toArray()).toEqual([
      [1, 0, 1, 0],
      [1, 2, 0, 0],
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ]);
  });

  it("gives shares of rows, columns and all, 0 of none", () => {
    const shares = (normalize: "rows" | "cols" | "all") =>
      confusionMatrix(four.prediction, four.target, { normalize }).toArray();
    expect(shares("rows").slice(0, 3)).toEqual([
      [1 / 2, 0, 1 / 2, 0],
      [1 / 3, 2 / 3, 0, 0],
      [0, 0, 0, 0],
    ]);
    expect(shares("cols").slice(0, 2)).toEqual([
      [1 / 2, 0, 1, 0],
      [1 / 2, 1, 0, 0],
    ]);
    expect(shares("all")[1]).toEqual([1 / 5, 2 / 5, 0, 0]);
    expect(confusionMatrix(column(), column(), { normalize: "all" }).toArray()).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  it("counts weights, and reads logits and thresholds", () => {
    const weight = column(1, 0, 0.5, 2, 1, 1);
    expect(confusionMatrix(answers.prediction, answers.target, { weight }).toArray()).toEqual([
      [1, 0.5],
      [3, 1],
    ]);
    const found = (options: object) => confusionMatrix(column(0.2, 0.6), column(1, 1), options).toArray()[1];
    expect(found({})).toEqual([1, 1]);
    expect(found({ prediction: "logit" })).toEqual([0, 2]);
    expect(found({ threshold: 0.7 })).toEqual([2, 0]);
  });

  it("refuses what is no class, weight or option", () => {
    expect(() => confusionMatrix(four.prediction, Matrix.full(5, 1, 4))).toThrow(
      "confusionMatrix expects class indices from 0 to 3, but got 4. Check the labels",
    );
    expect(() => confusionMatrix(column(1), column(2))).toThrow("targets of 0 or 1, but got 2.");
    expect(() => confusionMatrix(column(1), column(1), { weight: column(-1) })).toThrow(
      "weights of at least 0",
    );
    expect(() => confusionMatrix(column(1), column(1), { normalise: "rows" } as object)).toThrow(
      'Did you mean "normalize"?',
    );
    expect(() => confusionMatrix([1] as never, column(1))).toThrow("confusionMatrix expects a Matrix");
    expect(() => confusionMatrix(column(1), column(1), { weight: 3 as never })).toThrow("weights [1 × 1]");
  });
});
