import { readFileSync } from "node:fs";
import {
  BatchNorm,
  Dense,
  type DType,
  Embedding,
  Flatten,
  LayerNorm,
  Matrix,
  meanSquaredError,
  Parallel,
  PReLU,
  ReLU,
  Residual,
  RMSNorm,
  Sequential,
  SGD,
  Tanh,
  type WeightsOptions,
} from "chainrule";

/** What test/golden/state_dicts.py says of a model of PyTorch. */
export interface Case {
  readonly name: string;
  readonly dtype: DType;
  readonly x: number[][];
  readonly y: number[][];
  readonly outputs: number[][];
  /** Outputs after 20 more steps. */
  readonly trained: number[][];
  readonly float16?: number[][];
  readonly bfloat16?: number[][];
}

export const { cases } = JSON.parse(
  readFileSync(new URL("../../golden/state_dicts.json", import.meta.url), "utf8"),
) as { cases: Case[] };

export const fixture = (name: string): Uint8Array =>
  Uint8Array.from(readFileSync(new URL(`../../fixtures/${name}.safetensors`, import.meta.url)));

/** How each model's state_dict is read. */
export const optionsOf: Readonly<Record<string, WeightsOptions>> = {
  sequential: { layout: "pytorch" },
  named: { layout: "pytorch", names: { 0: "fc1", 1: "norm", 2: "act", 3: "fc2" } },
  nested: { layout: "pytorch" },
};

const layersOf = {
  sequential: () => [
    ...[new Dense({ units: 16 }), new ReLU(), new BatchNorm(), new Dense({ units: 8 }), new PReLU()],
    ...[new LayerNorm(), new Dense({ units: 3 })],
  ],
  named: () => [
    ...[new Dense({ units: 6 }), new BatchNorm(), new PReLU({ perUnit: true })],
    new Dense({ units: 3, useBias: false }),
  ],
  nested: () => [
    ...[new Embedding({ inputDim: 7, outputDim: 3 }), new Flatten()],
    new Residual({ layers: [new Dense({ units: 5 }), new Tanh(), new Dense({ units: 12 })] }),
    new Parallel({ branches: [[new Dense({ units: 4 }), new ReLU()], []] }),
    ...[new RMSNorm(), new Sequential([new Dense({ units: 8 }), new BatchNorm({ affine: false })])],
    new Dense({ units: 3 }),
  ],
};

/** The same model here, with weights of its own. */
export function modelOf(name: string, dtype: DType): Sequential {
  const model = new Sequential(layersOf[name as keyof typeof layersOf](), { input: [4], seed: 5, dtype });
  const optimizer = new SGD({ learningRate: 0.05, momentum: 0.9 });
  return model.compile({ loss: meanSquaredError(), optimizer });
}

export function train(model: Sequential, { x, y, dtype }: Case, steps: number): void {
  for (let i = 0; i < steps; i++) model.trainBatch(Matrix.from(x, dtype), Matrix.from(y, dtype));
}

/** The largest difference of two tables. */
export function difference(a: readonly number[][], b: readonly number[][]): number {
  return Math.max(...a.flat().map((value, i) => Math.abs(value - b.flat()[i])));
}
