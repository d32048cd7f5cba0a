import { percent, wordOf } from "../format.js";
import type { Step } from "../step/step.js";

/** Says what the network reads, and how sure it is. */
export function Headline({ step, known }: { step: Step | undefined; known: number | undefined }) {
  if (step === undefined) {
    return (
      <output class="headline" aria-live="polite">
        <strong>Draw a digit</strong>{" "}
        <span class="soft">or take one of the test set. The network reads it as you draw.</span>
      </output>
    );
  }
  const { winner, probabilities } = step;
  const order = [...probabilities.keys()].sort((a, b) => probabilities[b] - probabilities[a]);
  const second = order[1];
  return (
    <output class="headline" aria-live="polite" data-winner={winner} data-probability={probabilities[winner]}>
      <span class="soft">It reads</span> <strong>{wordOf(winner)}</strong>{" "}
      <b class="share">{percent(probabilities[winner])}</b>{" "}
      <span class="soft">
        {probabilities[second] >= 0.0005 &&
          `Next comes ${wordOf(second)}, ${percent(probabilities[second])}. `}
        {known !== undefined &&
          (known === winner
            ? `It is ${article(known)} ${wordOf(known)}: right.`
            : `It is ${article(known)} ${wordOf(known)}: wrong.`)}
      </span>
    </output>
  );
}

const article = (digit: number) => (digit === 8 ? "an" : "a");
