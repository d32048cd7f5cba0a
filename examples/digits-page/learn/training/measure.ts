import type { Built } from "./build.js";
import type { Examples } from "./task.js";

/** The mean loss, and the share of examples that are answered rightly. */
export function measure({ model, loss, targets }: Built, { x, labels }: Examples) {
  const outputs = model.predict(x);
  const mean = loss.mean(outputs, targets(labels));
  if (!Number.isFinite(mean)) throw new Error(TOO_FAST);
  return { loss: mean, accuracy: accuracyOf(outputs.data, outputs.cols, labels) };
}

/** What to do where numbers have left all bounds. */
export const TOO_FAST = "The numbers have grown beyond all bounds. Lower the learning rate, and reset.";

/** The largest output is the answer; where there is only one, which of two it is nearer. */
function accuracyOf(outputs: ArrayLike<number>, classes: number, labels: ArrayLike<number>): number {
  let right = 0;
  for (let row = 0; row < labels.length; row++) {
    const start = row * classes;
    let best = classes === 1 ? Number(outputs[start] > 0.5) : 0;
    for (let i = 1; i < classes; i++) if (outputs[start + i] > outputs[start + best]) best = i;
    if (best === labels[row]) right++;
  }
  return right / labels.length;
}
