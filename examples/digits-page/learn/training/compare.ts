import type { Point } from "./protocol.js";
import { at } from "./run-state.js";
import { examplesPerStep, type Settings } from "./settings.js";
import { share } from "./share.js";

/** A run, as far as it can be compared. */
export interface Side {
  readonly name: string;
  readonly settings: Settings;
  readonly history: readonly Point[];
  /** How many it learns from. */
  readonly examples: number;
}

/** What each setting is called in a sentence. */
const names: Readonly<Record<keyof Settings, string>> = {
  descent: "the kind of gradient descent",
  batchSize: "the examples a step",
  learningRate: "the learning rate",
  optimizer: "the optimizer",
  loss: "the loss",
  hidden: "the hidden layers",
  activation: "the activation",
  seed: "the seed",
};

/** What the two runs did in the same time, and why that differs. Nothing before both have begun. */
export function compare(a: Side, b: Side): readonly string[] {
  const seconds = Math.min(...[a, b].map(({ history }) => history.at(-1)?.seconds ?? 0));
  if (seconds === 0) return [];
  const [left, right] = [a, b].map((side) => ({ ...side, point: at(side.history, seconds) as Point }));
  return [
    `In the same ${seconds.toFixed(1)} seconds of training, ${took(left)}, ${took(right)}.`,
    ...whyOf(left, right),
    `By then ${a.name} reads ${share(left.point.accuracy)}, ${b.name} ${share(right.point.accuracy)} of the digits that they never saw.`,
    differences(a.settings, b.settings),
  ];
}

type Reached = Side & { readonly point: Point };

const count = (value: number) => value.toLocaleString("en");

const took = ({ name, settings, point }: Reached) =>
  `${name} (${settings.descent} gradient descent) took ${count(point.steps)} ${point.steps === 1 ? "step" : "steps"}`;

/** Few sure steps or many rough ones: what the sizes of the batches mean. */
function whyOf(a: Reached, b: Reached): readonly string[] {
  const sizes = [a, b].map(({ settings, examples }) => examplesPerStep(settings, examples));
  if (sizes[0] === sizes[1]) return [];
  const [rough, sure] = sizes[0] < sizes[1] ? [a, b] : [b, a];
  const [few, many] = [...sizes].sort((x, y) => x - y);
  const ratio = sure.point.steps === 0 ? 0 : Math.round(rough.point.steps / sure.point.steps);
  const all = many === sure.examples ? `all ${count(many)}` : count(many);
  const one = few === 1 ? "one example" : `${count(few)} examples`;
  const often = ratio > 1 ? `, so that it took ${count(ratio)} times as many` : "";
  return [
    `Each step of ${sure.name} follows the gradient of the loss on ${all} examples: the best direction there is, but dear.`,
    `Each step of ${rough.name} follows the gradient of ${one}: a noisy direction, but a cheap one${often}.`,
  ];
}

function differences(a: Settings, b: Settings): string {
  const keys = (Object.keys(names) as (keyof Settings)[]).filter(
    (key) =>
      JSON.stringify(a[key]) !== JSON.stringify(b[key]) &&
      (key !== "batchSize" || (a.descent === "mini-batch" && b.descent === "mini-batch")),
  );
  if (keys.length === 0) return "Nothing in their settings differs.";
  const list = keys.map((key) => names[key]);
  const text = list.length === 1 ? list[0] : `${list.slice(0, -1).join(", ")} and ${list.at(-1)}`;
  const isSameStart = ["hidden", "seed"].every((key) => !keys.includes(key as keyof Settings));
  return `They differ in ${text}${isSameStart ? "; both began with the same weights" : ""}.`;
}
