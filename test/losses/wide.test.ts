import {
  binaryCrossEntropy,
  huber,
  type Loss,
  Matrix,
  poisson,
  smoothL1,
  softmaxCrossEntropy,
} from "chainrule";
import { describe, expect, it } from "vitest";

const COLUMNS = 2500;
const row = (of: (c: number) => number) =>
  Matrix.from([Array.from({ length: COLUMNS }, (_, c) => of(c))], "float64");
const close = (got: number, wanted: number) =>
  expect(Math.abs(got - wanted)).toBeLessThanOrEqual(1e-13 * Math.abs(wanted));

describe("rows of thousands of columns", () => {
  const logits = row((c) => ((c * 7919) % 4001) / 67 - 30);
  const targets = row((c) => (c % 3) / 2);

  it.each<Loss>([binaryCrossEntropy({ fromLogits: true }), poisson(), huber(), smoothL1({ beta: 3 })])(
    "are the mean of what their columns are: $name",
    (loss) => {
      const [p, t] = [logits.transpose(), targets.transpose()];
      close(loss.total(logits, targets).sum, loss.total(p, t).sum / COLUMNS);
      const [gradient, parts] = [loss.gradient(logits, targets).data, loss.gradient(p, t).data];
      gradient.forEach((g, i) => {
        close(g, parts[i] / COLUMNS);
      });
    },
  );

  const binary = binaryCrossEntropy({ fromLogits: true });
  it("keep the digits of a binary loss that is nearly 0, and of one as large as can be", () => {
    const [yes, sure, lost] = [row(() => 1), row(() => 40), row(() => -(2 ** 900))];
    close(binary.total(sure, yes).sum, Math.exp(-40));
    close(
      binary.total(
        row(() => 0),
        yes,
      ).sum,
      Math.LN2,
    );
    expect(binary.total(lost, yes).sum).toBe(2 ** 900);
  });

  it("keep the digits of a softmax that is nearly sure", () => {
    const z = row((c) => (c === 1234 ? 50 : 0));
    const [loss, t] = [softmaxCrossEntropy(), Matrix.from([[1234]], "float64")];
    const rest = (COLUMNS - 1) * Math.exp(-50);
    close(loss.total(z, t).sum, rest);
    const gradient = loss.gradient(z, t).data;
    close(gradient[1234], -rest);
    close(gradient[0], Math.exp(-50));
  });
});
