import { useMemo } from "preact/hooks";
import type uPlot from "uplot";
import { number } from "../../think/format.js";
import { type Axis, curvesOf } from "../training/curves.js";
import type { RunState } from "../training/run-state.js";
import { share } from "../training/share.js";
import { Chart, type Curve } from "./chart.js";
import { Select } from "./fields.js";

export interface CurvesProps {
  readonly runs: readonly { readonly name: string; readonly state: RunState }[];
  readonly axis: Axis;
  readonly axes?: typeof allAxes;
  choose(axis: Axis): void;
}

export const allAxes: readonly { readonly value: Axis; readonly label: string }[] = [
  { value: "seconds", label: "seconds of training" },
  { value: "seen", label: "examples seen" },
  { value: "steps", label: "steps" },
];

/** Loss and accuracy on their way. */
export function Curves({ runs, axis, axes = allAxes, choose }: CurvesProps) {
  const histories = runs.map(({ state }) => state.history);
  // Two kinds of descent differ so much in their steps that only powers of ten show both.
  const isLog = axis === "steps" && runs.length > 1;
  const data = (validation: "loss" | "accuracy", train: "trainLoss" | "trainAccuracy") =>
    curvesOf(histories, axis, [validation, train], isLog) as unknown as uPlot.AlignedData;
  const losses = useMemo(() => data("loss", "trainLoss"), [...histories, axis, isLog]);
  const shares = useMemo(() => data("accuracy", "trainAccuracy"), [...histories, axis, isLog]);
  const colors = ["plus", "minus"] as const;
  const curves = runs.flatMap(({ name }, i): Curve[] => [
    { label: `${name} validation`.trim(), color: colors[i], isFaint: false },
    { label: `${name} training`.trim(), color: runs.length > 1 ? colors[i] : "soft", isFaint: true },
  ]);
  const xLabel = axes.find(({ value }) => value === axis)?.label ?? "";
  const common = { xLabel, isLog, curves };
  return (
    <div class="curves">
      <p class="axis">
        <span class="soft">Curves over</span>{" "}
        <Select label="Curves over" choices={axes} value={axis} choose={choose} />
      </p>
      <Chart title="Loss" {...common} data={losses} format={number} />
      <Chart title="Accuracy" {...common} data={shares} top={1} format={share} />
    </div>
  );
}
