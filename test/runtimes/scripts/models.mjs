import {
  Adam,
  Dense,
  Dropout,
  Matrix,
  meanSquaredError,
  ReLU,
  Sequential,
  SGD,
  softmaxCrossEntropy,
  Tanh,
} from "chainrule";

const inputs = 203;
const outputs = 11;

/** Not random, but rough. */
const rough = (rows, cols) =>
  Matrix.zeros(rows, cols).map((_, r, c) => ((r * 7919 + c * 104729 + r * c) % 1009) / 1009 - 0.5);

/** An odd number of rows. */
export const x = rough(391, inputs);
const targets = { numbers: rough(391, outputs), classes: Matrix.zeros(391, 1).map((_, r) => r % outputs) };

const classifier = (optimizer) => {
  const hidden = [new Dense({ units: 301 }), new ReLU(), new Dropout({ rate: 0.2 })];
  const layers = [...hidden, new Dense({ units: 67 }), new Tanh(), new Dense({ units: outputs })];
  const model = new Sequential(layers, { input: [inputs], seed: 5 });
  return { model: model.compile({ loss: softmaxCrossEntropy(), optimizer }), y: targets.classes };
};

/** Arithmetic alone: no exponential, whose last bit is left to each set of kernels. */
const plain = (optimizer) => {
  const layers = [new Dense({ units: 307 }), new ReLU(), new Dense({ units: outputs })];
  const model = new Sequential(layers, { input: [inputs], seed: 6 });
  return { model: model.compile({ loss: meanSquaredError(), optimizer }), y: targets.numbers };
};

/** What is trained, by name. */
export const models = {
  classifierSGD: () => classifier(new SGD({ learningRate: 0.1, momentum: 0.5 })),
  classifierAdam: () => classifier(new Adam({ learningRate: 0.003 })),
  plainSGD: () => plain(new SGD({ learningRate: 0.1 })),
  plainAdam: () => plain(new Adam({ learningRate: 0.003 })),
};

/** Trains in batches of odd sizes: 131, 131 and 129 rows. */
export const train = ({ model, y }, epochs = 8) => model.fit({ x, y }, { epochs, batchSize: 131 });

/** A number that any changed bit of any weight changes: 32-bit FNV-1a. */
export function checksum(model) {
  let hash = 0x811c9dc5;
  for (const { data } of Object.values(model.getWeights())) {
    for (const byte of new Uint8Array(data.buffer, data.byteOffset, data.byteLength)) {
      hash = Math.imul(hash ^ byte, 0x01000193);
    }
  }
  return hash >>> 0;
}
