import {
  Adam,
  accuracy,
  calibrationCurve,
  cosineDecay,
  Dense,
  Dropout,
  earlyStopping,
  GELU,
  Matrix,
  meanSquaredError,
  multiMargin,
  orthogonality,
  precision,
  reduceOnPlateau,
  Sequential,
  setNumerics,
  softmaxCrossEntropy,
} from "chainrule";
import { checkpoint, csv, progressBar, tensorBoard } from "chainrule/node";
import { describe, expect, expectTypeOf, it } from "vitest";

// None of these functions is called: they only have to compile, and their marked lines not to.
const compiled = (...programs: readonly (() => unknown)[]) => {
  for (const program of programs) expect(program).toBeTypeOf("function");
};

describe("names that there are not do not compile:", () => {
  it("options of layers, losses, optimizers, schedules and models", () => {
    compiled(
      // @ts-expect-error units
      () => new Dense({ unit: 3 }),
      // @ts-expect-error it is needed
      () => new Dense({}),
      // @ts-expect-error rate
      () => new Dropout({ p: 0.5 }),
      // @ts-expect-error labelSmoothing
      () => softmaxCrossEntropy({ smoothing: 0.1 }),
      // @ts-expect-error learningRate
      () => new Adam({ rate: 0.1 }),
      // @ts-expect-error final
      () => cosineDecay({ initial: 1, steps: 10, end: 0 }),
      // @ts-expect-error input
      () => new Sequential([], { inputShape: [3] }),
      // @ts-expect-error patience
      () => earlyStopping({ patient: 3 }),
    );
  });

  it("options of what writes and reads", () => {
    compiled(
      // @ts-expect-error histograms
      () => tensorBoard("logs", { histogram: true }),
      // @ts-expect-error labels
      () => tensorBoard("logs", { images: { shape: [28, 28], names: [] } }),
      // @ts-expect-error stream
      () => progressBar({ out: process.stderr }),
      // @ts-expect-error keep
      () => checkpoint("folder", { keeps: 2 }),
      // @ts-expect-error path alone, or with known options
      () => csv("rows.csv", { seperator: ";" }),
    );
  });
});

describe("choices are words that an editor offers:", () => {
  it("one that there is not does not compile", () => {
    compiled(
      // @ts-expect-error "none" or "tanh"
      () => new GELU({ approximate: "erf" }),
      // @ts-expect-error "float32" or "float64"
      () => Matrix.zeros(1, 1, "float16"),
      // @ts-expect-error "rows" or "cols"
      () => Matrix.zeros(1, 1).sum("columns"),
      // @ts-expect-error "exact" or "fast"
      () => setNumerics("quick"),
      // @ts-expect-error "min" or "max"
      () => reduceOnPlateau({ mode: "down" }),
      // @ts-expect-error "columns" or "rows"
      () => orthogonality({ mode: "both" }),
      // @ts-expect-error 1 or 2
      () => multiMargin({ p: 3 }),
      // @ts-expect-error "macro" and the like
      () => precision({ average: "mean" }),
      // @ts-expect-error "uniform" or "quantile"
      () => calibrationCurve(Matrix.zeros(1, 1), Matrix.zeros(1, 1), { strategy: "log" }),
      // @ts-expect-error "epoch" or a number
      () => tensorBoard("logs", { every: "step" }),
    );
    expectTypeOf<Parameters<typeof setNumerics>[0]>().toEqualTypeOf<"exact" | "fast">();
    expectTypeOf<Parameters<Matrix["sum"]>[0]>().toEqualTypeOf<"rows" | "cols">();
  });
});

describe("the names of metrics", () => {
  const model = () =>
    new Sequential([new Dense({ units: 3 })], { input: [2] }).compile({
      loss: meanSquaredError(),
      optimizer: new Adam(),
      metrics: [accuracy(), precision()],
    });

  it("are in the type of the history, with those of validation", () => {
    compiled(async () => {
      const history = await model().fit([]);
      expectTypeOf(history.loss).toEqualTypeOf<number[]>();
      expectTypeOf(history.precision).toEqualTypeOf<number[]>();
      expectTypeOf(history.validationPrecision).toEqualTypeOf<number[] | undefined>();
      // @ts-expect-error nobody measures it
      history.recall;
      // @ts-expect-error a capital letter
      history.validationaccuracy;
    });
  });

  it("are in the type of a report", () => {
    compiled(async () => {
      const report = await model().evaluate([]);
      expectTypeOf(report.accuracy).toEqualTypeOf<number>();
      // @ts-expect-error nobody measures it
      report.recall;
    });
  });
});
