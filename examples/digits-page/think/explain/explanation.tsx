import type { Step } from "../step/step.js";
import type { Stop } from "../step/timeline.js";
import { mainUnit, type Place, unitOf } from "../step/unit.js";
import { ByPixel, HiddenGradient, Loss, OutputGradient } from "./back.js";
import { Forward, Pixels, Probabilities } from "./forward.js";

/** What happens at a stop, with the numbers of the unit that is looked at, or else of the strongest. */
export function Explanation({ step, stop, place }: { step: Step; stop: Stop; place: Place | undefined }) {
  const unitAt = (stage: number, back: boolean) =>
    unitOf(step, place?.stage === stage ? place : mainUnit(step, stage, back));
  switch (stop.kind) {
    case "pixels":
      return <Pixels />;
    case "stage":
      return <Forward step={step} unit={unitAt(stop.stage, false)} />;
    case "probabilities":
      return <Probabilities step={step} />;
    case "loss":
      return <Loss step={step} />;
    case "gradient": {
      const unit = unitAt(stop.stage, true);
      return stop.stage === step.stages.length - 1 ? (
        <OutputGradient step={step} unit={unit} />
      ) : (
        <HiddenGradient step={step} unit={unit} />
      );
    }
    case "byPixel":
      return <ByPixel />;
  }
}
