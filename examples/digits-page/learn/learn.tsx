import { modelFromBytes } from "chainrule";
import { useEffect, useState } from "preact/hooks";
import type { Host } from "../contracts.js";
import { changed } from "./training/choices.js";
import type { Axis } from "./training/curves.js";
import type { TaskSettings } from "./training/protocol.js";
import { examplesPerStep, type Settings } from "./training/settings.js";
import { useRuns } from "./use-runs.js";
import { Comparison } from "./view/comparison.js";
import { Curves } from "./view/curves.js";
import { Headline } from "./view/headline.js";
import { LookedAt } from "./view/looked.js";
import { Numbers } from "./view/numbers.js";
import { SettingsTable } from "./view/settings-table.js";
import { Transport } from "./view/transport.js";
import { Weights } from "./view/weights.js";

export interface LearnProps {
  readonly host: Host;
  /** Gives what is called when the part is shown or hidden. */
  ready(show: (isShown: boolean) => void): void;
}

const first: Settings = {
  ...{ hidden: [64, 32], activation: "ReLU", loss: "crossEntropy", optimizer: "SGD" },
  ...{ learningRate: 0.1, descent: "mini-batch", batchSize: 32, seed: 1 },
};

/** A network learns from handwritten digits, or two do, side by side. */
export function Learn({ host, ready }: LearnProps) {
  const [settings, setSettings] = useState<readonly Settings[]>([first]);
  const [vary, setVary] = useState(true);
  const [axis, setAxis] = useState<Axis>("seconds");
  const task: TaskSettings = { kind: "digits", base: document.baseURI, vary };
  const { runs, show } = useRuns(settings, task);
  useEffect(() => ready(show), []);

  const isTwo = settings.length > 1;
  const sides = runs.map((run, i) => ({ run, state: run.state, name: isTwo ? "AB"[i] : "" }));
  const states = sides.map(({ state }) => state);
  const examples = Math.max(0, ...states.map((state) => state.examples));
  const change = (i: number, part: Partial<Settings>) =>
    setSettings((all) => all.with(i, changed(all[i], part)));
  const compareTwo = () =>
    setSettings(([a]) => {
      if (isTwo) return [a];
      // The contrast that the second is there for.
      const [one, other] = [changed(a, { descent: "batch" }), changed(a, { descent: "stochastic" })];
      return a.descent === "mini-batch" ? [one, other] : [a, a.descent === "batch" ? other : one];
    });
  const each = (act: (run: (typeof runs)[number], i: number) => void) => () => runs.forEach(act);

  return (
    <div class={isTwo ? "learn two" : "learn"}>
      <h1 class="hidden-text">See a network learn</h1>
      <div class="choices">
        <SettingsTable
          columns={sides.map(({ name }, i) => ({
            ...{ name, settings: settings[i] },
            change: (part) => change(i, part),
          }))}
          examples={examples}
          withLayers={true}
        />
        <label class="check">
          <input
            type="checkbox"
            checked={vary}
            onChange={({ currentTarget }) => setVary(currentTarget.checked)}
          />{" "}
          Shift, turn and scale each digit a little
        </label>
        <button type="button" aria-pressed={isTwo} onClick={compareTwo}>
          Compare two runs
        </button>
        <Numbers runs={sides} />
      </div>
      <div class="stage">
        <Headline runs={sides} of="of digits right that it never saw" chance=": no better than chance" />
        <div class="bar">
          <Transport
            isRunning={states.some(({ isRunning }) => isRunning)}
            isReady={states.every(({ status }) => status === "ready")}
            isSingle={settings.every((one) => examplesPerStep(one, examples) === 1)}
            start={each((run) => run.start())}
            pause={each((run) => run.pause())}
            step={(by) => each((run) => run.step(by))()}
            reset={each((run, i) => run.reset(settings[i], task))}
          />
          {sides.map(({ name, run, state }) => (
            <button
              key={name}
              type="button"
              disabled={state.status !== "ready"}
              onClick={async () => host.show(modelFromBytes(await run.model()))}
            >
              {name ? `Show ${name} in Think` : "Show in Think"}
            </button>
          ))}
        </div>
        {sides.map(
          ({ name, state }) => state.looked && <LookedAt key={name} name={name} looked={state.looked} />,
        )}
        <Curves runs={sides} axis={axis} choose={setAxis} />
        <Comparison runs={sides} settings={settings} />
        <div class="first-layers">
          {sides.map(
            ({ name, state }, i) =>
              state.picture?.kind === "weights" && (
                <Weights
                  key={name}
                  name={name}
                  picture={state.picture}
                  isLast={settings[i].hidden.length === 0}
                  isNarrow={isTwo}
                />
              ),
          )}
        </div>
      </div>
    </div>
  );
}
