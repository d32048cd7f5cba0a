import { ours } from "../ours.js";
import { openblas } from "../python-peers.js";
import type { ProductTask } from "../tasks.js";
import type { Race, Work } from "./work.js";

const equations = { y: "x·W", dW: "xᵀ·dy", dx: "dy·Wᵀ" };

const layers = [
  { batch: 32, inputs: 784, units: 128 },
  { batch: 128, inputs: 784, units: 512 },
];

export const products: Work = {
  name: "products",
  about: "The three products of a layer in training, one thread, the kernels on numbers in their own memory.",
  races: () =>
    layers.flatMap((layer) =>
      (["y", "dW", "dx"] as const).map((gives): Race => {
        const task: ProductTask = { kind: "product", gives, ...layer };
        const title = `${equations[gives]}, ${layer.batch} rows, layer ${layer.inputs} × ${layer.units}`;
        return { title, task, contenders: [...ours({ file: "products" }), ...openblas()], seconds: 0.2 };
      }),
    ),
};

export const matmul: Work = {
  name: "matmul",
  about: "`Matrix.matmul` of matrices in ordinary memory, which are copied in and out.",
  races: () =>
    [512, 1024].map((size): Race => {
      const contenders = [...ours(), ...(size === 1024 ? ours({ threads: 2 }) : []), ...openblas()];
      return { title: `${size} × ${size}`, task: { kind: "matmul", size }, contenders };
    }),
};
