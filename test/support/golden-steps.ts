import { Context, type DType, Matrix, type Optimizer } from "chainrule";
import { expect } from "vitest";

/** A golden run of an optimizer: gradients in, values out, step by step. */
export interface GoldenSteps {
  readonly type: string;
  readonly options: { learningRate: number };
  readonly dtype: DType;
  readonly parameters: readonly { rows: number; cols: number; value: readonly number[] }[];
  readonly gradients: readonly (readonly (readonly number[])[])[];
  readonly values: readonly (readonly (readonly number[])[])[];
}

/** The optimizer takes every step of the golden run: float64 to 1e-9, float32 to 1e-5; in those of `frozen` the second rests. */
export function expectGoldenSteps(
  optimizer: Optimizer,
  golden: GoldenSteps,
  frozen: readonly number[] = [],
): void {
  const { dtype } = golden;
  const context = Context.root({ dtype });
  const parameters = golden.parameters.map(({ rows, cols, value }, i) =>
    context.parameter(`p${i}`, rows, cols, { fanIn: rows, fanOut: cols }, (w) => w.data.set(value)),
  );
  const close = dtype === "float64" ? { rtol: 1e-9, atol: 1e-15 } : { rtol: 1e-5, atol: 1e-7 };
  for (const [step, gradients] of golden.gradients.entries()) {
    for (const [i, { grad }] of parameters.entries()) grad.data.set(gradients[i]);
    parameters[1].trainable = !frozen.includes(step);
    optimizer.step(parameters);
    for (const [i, { value }] of parameters.entries()) {
      const data =
        dtype === "float64"
          ? Float64Array.from(golden.values[step][i])
          : Float32Array.from(golden.values[step][i]);
      expect(
        value.isClose(new Matrix(value.rows, value.cols, data), close),
        `step ${step}, parameter ${i}`,
      ).toBe(true);
    }
  }
}
