import { wordOf } from "../format.js";
import type { Step } from "../step/step.js";
import type { Place } from "../step/unit.js";

/** What a layer is called: hidden layers by number, from 1. */
export const layerName = ({ stages }: Step, stage: number): string =>
  stage === stages.length - 1
    ? "Output layer"
    : stages.length === 2
      ? "Hidden layer"
      : `Hidden layer ${stage + 1}`;

/** What a unit is called. */
export const nameOf = (step: Step, { stage, unit }: Place): string =>
  stage === step.stages.length - 1
    ? `Output, ${wordOf(unit)}`
    : `${layerName(step, stage)}, unit ${unit + 1}`;
