import { useEffect, useMemo, useState } from "preact/hooks";
import { changed, losses } from "../learn/training/choices.js";
import type { TaskSettings } from "../learn/training/protocol.js";
import { examplesPerStep, type Settings } from "../learn/training/settings.js";
import { useRuns } from "../learn/use-runs.js";
import { allAxes, Curves } from "../learn/view/curves.js";
import { Select } from "../learn/view/fields.js";
import { Headline } from "../learn/view/headline.js";
import { Numbers } from "../learn/view/numbers.js";
import { SettingsTable } from "../learn/view/settings-table.js";
import { Transport } from "../learn/view/transport.js";
import { onPalette, palette } from "../shell/theme.js";
import { coloursOf } from "../think/draw/colours.js";
import type { PlaneSettings } from "./data/plane.js";
import { pointsOf, TRAIN } from "./data/points.js";
import { type Place, shownOf } from "./data/shown.js";
import { DataChoice } from "./view/data-choice.js";
import { Network } from "./view/network.js";
import { Plane } from "./view/plane.js";

export interface PlaygroundProps {
  /** Gives what is called when the part is shown or hidden. */
  ready(show: (isShown: boolean) => void): void;
}

const first: Settings = {
  ...{ hidden: [8, 8], activation: "Tanh", loss: "crossEntropy", optimizer: "Adam" },
  ...{ learningRate: 0.01, descent: "mini-batch", batchSize: 16, seed: 1 },
};
const firstPoints: PlaneSettings = { shape: "spiral", noise: 0.1, pointSeed: 1, features: ["x", "y"] };

/** In examples a second: a network of this size learns too fast to be watched. */
const paces = [
  { value: 600, label: "slow" },
  { value: 6000, label: "normal" },
  { value: 30_000, label: "fast" },
  { value: 0, label: "as fast as can be" },
] as const;

/** At a chosen pace, seconds say nothing. */
const planeAxes = allAxes.filter(({ value }) => value !== "seconds");
const planeLosses = losses.filter(({ value }) => value !== "focal" && value !== "margin");

/** A small network that learns to tell two colours of the plane apart. */
export function Playground({ ready }: PlaygroundProps) {
  const [settings, setSettings] = useState(first);
  const [data, setData] = useState(firstPoints);
  const [pace, setPace] = useState<number>(paces[1].value);
  const [axis, setAxis] = useState<"seconds" | "seen" | "steps">("seen");
  const [withOthers, setWithOthers] = useState(false);
  const [marked, setMarked] = useState<Place>();
  const [colours, setColours] = useState(() => coloursOf(palette()));
  useEffect(() => onPalette((now) => setColours(coloursOf(now))), []);

  const task: TaskSettings = { kind: "plane", ...data };
  const { runs, show } = useRuns([settings], task);
  const [run] = runs;
  const { state } = run;
  useEffect(() => run.pace(pace), [pace]);
  useEffect(() => {
    ready((isShown) => {
      if (!isShown) run.pause();
      show(isShown);
    });
  }, []);

  const { shape, noise, pointSeed } = data;
  const points = useMemo(() => pointsOf({ shape, noise, pointSeed }), [shape, noise, pointSeed]);
  const picture = state.picture?.kind === "plane" ? state.picture : undefined;
  const shown = useMemo(() => shownOf(picture, data.features, marked), [picture, data.features, marked]);
  const change = (part: Partial<Settings>) => setSettings((before) => changed(before, part));
  const sides = [{ name: "", state }];

  return (
    <div class="playground">
      <h1 class="hidden-text">A network of the plane</h1>
      <div class="choices">
        <DataChoice
          settings={data}
          colours={colours}
          change={(part) => setData((all) => ({ ...all, ...part }))}
        />
        <SettingsTable
          columns={[{ name: "", settings, change }]}
          examples={TRAIN}
          losses={planeLosses}
          withLayers={false}
        />
        <Numbers runs={sides} />
      </div>
      <div class="stage">
        <Headline runs={sides} of="of new points right" chance=": it has learned nothing yet" />
        <div class="bar">
          <Transport
            isRunning={state.isRunning}
            isReady={state.status === "ready"}
            isSingle={examplesPerStep(settings, TRAIN) === 1}
            start={() => run.start()}
            pause={() => run.pause()}
            step={(by) => run.step(by)}
            reset={() => run.reset(settings, task)}
          />
          <span>
            <span class="soft">Speed</span>{" "}
            <Select label="Speed" choices={paces} value={pace} choose={(next) => setPace(next)} />
          </span>
        </div>
        <Network
          {...{ picture, colours, marked }}
          chosen={data.features}
          hidden={settings.hidden}
          mark={setMarked}
          chooseFeatures={(chosen) => setData((all) => ({ ...all, features: chosen }))}
          chooseHidden={(hidden) => change({ hidden })}
        >
          <Plane {...shown} {...{ points, withOthers, colours }} from={TRAIN} />
          <label class="check">
            <input
              type="checkbox"
              checked={withOthers}
              onChange={({ currentTarget }) => setWithOthers(currentTarget.checked)}
            />{" "}
            Show the points that it is measured on
          </label>
        </Network>
        <Curves runs={sides} axis={axis} axes={planeAxes} choose={setAxis} />
      </div>
    </div>
  );
}
