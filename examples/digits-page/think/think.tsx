import { useEffect, useMemo, useState } from "preact/hooks";
import type { Shown } from "../contracts.js";
import { loadDigits } from "../digits/load-digits.js";
import type { Clock } from "./clock.js";
import { Explanation } from "./explain/explanation.js";
import { openingModel } from "./sources.js";
import { blank, knownLabel, type Paper, pixelsOf, readingOf, type State } from "./state.js";
import { forwardEnd, stopsOf } from "./step/timeline.js";
import type { Place } from "./step/unit.js";
import { Descend } from "./view/descend.js";
import { Headline } from "./view/headline.js";
import { Labels } from "./view/labels.js";
import { ModelChoice } from "./view/model-choice.js";
import { Network } from "./view/network.js";
import { Numbers } from "./view/numbers.js";
import { PaperChoice } from "./view/paper-choice.js";
import { Transport } from "./view/transport.js";
import { useMoment } from "./view/use-moment.js";

export interface ThinkProps {
  readonly clock: Clock;
  watch(moved: () => void): () => void;
  /** Gives what opens another model. */
  ready(open: (model: Shown, name: string) => void): void;
}

const empty = new Float32Array(784);

/** A digit, the network that reads it, and how it would learn from it. */
export function Think({ clock, watch, ready }: ThinkProps) {
  const [state, setState] = useState<State>(blank);
  const [place, setPlace] = useState<Place>();
  const [problem, setProblem] = useState("");
  const change = (part: Partial<State>) => setState((before) => ({ ...before, ...part }));
  const complain = (error: unknown) => setProblem((error as Error).message);

  const { model, paper, pen, digits } = state;
  const pixels = useMemo(() => pixelsOf(state), [paper, pen, digits]);
  const step = useMemo(() => readingOf(state, pixels ?? empty), [model, state.steps, pixels, state.said]);
  const stages = step?.stages.length ?? 1;
  const stops = useMemo(() => stopsOf(stages, pixels !== undefined), [stages, pixels !== undefined]);
  const { stop, isPlaying } = useMoment(clock, watch, stops);
  const now = Math.min(stop, stops.length - 1);

  const forward = (count = stages) => {
    clock.seek(0);
    clock.play(forwardEnd(count));
  };
  const open = (opened: Shown, name: string) => {
    setPlace(undefined);
    setProblem("");
    change({ model: opened, name, steps: 0 });
    forward(opened.layers.filter(({ type }) => type === "Dense").length);
  };
  const lay = (next: Paper, done: boolean) => {
    change({ paper: next, said: undefined });
    setProblem("");
    if (next.kind === "drawn" && next.strokes.length === 0) clock.seek(0);
    // While somebody draws, the answer is there at once; when the pen is up, how it comes about.
    else if (!done) clock.seek(forwardEnd(stages));
    else forward();
  };

  useEffect(() => {
    ready(open);
    openingModel().then((first) => open(first, "The network of this page"), complain);
    loadDigits("test").then(
      (loaded) => change({ digits: loaded, paper: { kind: "test", index: 0 } }),
      complain,
    );
  }, []);

  const known = knownLabel(state);
  return (
    <div class="think">
      <h1 class="hidden-text">See a network think</h1>
      <PaperChoice state={state} pixels={pixels} lay={lay} choosePen={(width) => change({ pen: width })} />
      <div class="truth">
        {model && step?.label !== undefined && pixels && (
          <>
            <Labels label={step.label} known={known} choose={(said) => change({ said })} />
            <Descend model={model} step={step} pixels={pixels} change={change} steps={state.steps} />
          </>
        )}
      </div>
      <ModelChoice name={state.name} model={model} open={open} complain={complain} />
      <div class="stage">
        {problem && <p role="alert">{problem}</p>}
        <Headline step={pixels && step} known={known} />
        {step && (
          <>
            <Network step={step} clock={clock} watch={watch} place={place} choose={setPlace} />
            <Transport
              step={step}
              stops={stops}
              now={now}
              clock={clock}
              isPlaying={isPlaying}
              watch={watch}
            />
            <div class="story">
              <article class="explanation">
                <Explanation step={step} stop={stops[now]} place={place} />
              </article>
              <Numbers step={step} />
            </div>
          </>
        )}
      </div>
    </div>
  );
}
