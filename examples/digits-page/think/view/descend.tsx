import type { Weights } from "chainrule";
import { useRef, useState } from "preact/hooks";
import type { Shown } from "../../contracts.js";
import { percent, wordOf } from "../format.js";
import { learn, type State } from "../state.js";
import { LEARNING_RATE } from "../step/readable.js";
import type { Step } from "../step/step.js";

export interface DescendProps {
  readonly model: Shown;
  readonly step: Step;
  readonly pixels: Float32Array;
  readonly steps: number;
  change(part: Partial<State>): void;
}

/** Lets the network take a step against the gradient that is shown, and forget it again. */
export function Descend({ model, step, pixels, steps, change }: DescendProps) {
  const kept = useRef<Weights | undefined>(undefined);
  const [before, setBefore] = useState(0);
  const label = step.label ?? step.winner;
  const take = () => {
    if (steps === 0) {
      kept.current = model.getWeights();
      setBefore(step.probabilities[label]);
    }
    learn(model, pixels, label);
    change({ steps: steps + 1, said: label });
  };
  const undo = () => {
    if (kept.current !== undefined) model.setWeights(kept.current);
    change({ steps: 0 });
  };
  return (
    <div class="descend">
      <button type="button" onClick={take}>
        Learn from this digit
      </button>
      {steps > 0 && (
        <button type="button" onClick={undo}>
          Forget
        </button>
      )}
      <p class="soft" aria-live="polite">
        {steps === 0
          ? `One step of gradient descent on it alone: W ← W − ${LEARNING_RATE} · ∂L/∂W.`
          : `${steps} ${steps === 1 ? "step" : "steps"}: ${wordOf(label)} went from ${percent(before)} to ${percent(step.probabilities[label])}.`}
      </p>
    </div>
  );
}
