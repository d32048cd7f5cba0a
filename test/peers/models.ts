import { Matrix } from "chainrule";
import { normalRows } from "./support.js";
import { type PeerModel, tfl } from "./tensorflowjs.js";

const { layers: l, regularizers, constraints } = tfl;

/** Models as a user of TensorFlow.js writes them, and rows for them. */
export const models: Readonly<Record<string, { make(): PeerModel; readonly x: Matrix }>> = {
  small: {
    make: () => tfl.sequential({ layers: [l.dense({ units: 4, inputShape: [3] })] }),
    x: normalRows(5, 3),
  },
  dense: {
    make: () =>
      tfl.sequential({
        layers: [
          l.dense({
            ...{ units: 6, inputShape: [5], activation: "tanh", kernelInitializer: "heNormal" },
            kernelRegularizer: regularizers.l1l2({ l1: 0.01, l2: 0.02 }),
            kernelConstraint: constraints.maxNorm({ maxValue: 1.5 }),
          }),
          l.layerNormalization(),
          tfl.sequential({
            layers: [l.dense({ units: 4, inputShape: [6], useBias: false }), l.prelu()],
          }),
          l.dense({ units: 3, activation: "elu", trainable: false }),
          l.leakyReLU(),
          l.dense({ units: 2 }),
        ],
      }),
    x: normalRows(8, 5, 4),
  },
  norms: {
    make: () =>
      tfl.sequential({
        layers: [
          l.batchNormalization({ inputShape: [6] }),
          l.dense({ units: 5, activation: "selu" }),
          l.batchNormalization({ scale: false, momentum: 0.9, epsilon: 0.01 }),
          l.layerNormalization({ center: false }),
          l.prelu({ sharedAxes: [1] }),
          l.reLU({ maxValue: 2 }),
          l.batchNormalization({ center: false, scale: false }),
          l.dropout({ rate: 0.2 }),
          l.alphaDropout({ rate: 0.2 }),
          l.gaussianDropout({ rate: 0.2 }),
          l.gaussianNoise({ stddev: 0.2 }),
          l.thresholdedReLU({ theta: -0.4 }),
          l.dense({ units: 3 }),
          l.softmax(),
        ],
      }),
    x: normalRows(7, 6, 5),
  },
  chain: {
    make() {
      const inputs = tfl.input({ shape: [4] });
      let y = l.embedding({ inputDim: 6, outputDim: 3 }).apply(inputs);
      y = l.reshape({ targetShape: [2, 6] }).apply(y);
      y = l.flatten().apply(y);
      y = l.dense({ units: 5, activation: "gelu" }).apply(y);
      y = l.elu().apply(y);
      y = l.dense({ units: 4, activation: "softsign" }).apply(y);
      y = l.activation({ activation: "mish" }).apply(y);
      y = l.dense({ units: 4, activation: "softplus" }).apply(y);
      y = l.activation({ activation: "logSoftmax" }).apply(y);
      return tfl.model({ inputs, outputs: l.dense({ units: 2, activation: "swish" }).apply(y) });
    },
    x: Matrix.zeros(6, 4).map((_, r, c) => (r + 2 * c) % 6),
  },
};
