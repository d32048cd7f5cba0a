import { steps } from "../generated/texts/steps.js";
import { catalogueModule } from "./module.js";

/** What src/kernels/assembly/catalogue/steps-module.ts exports: places, how many numbers, and constants. */
type Step = (...values: readonly number[]) => void;
type StepName = "adadelta" | "adagrad" | "adamax" | "lion" | "moments" | "rectified" | "rmsprop";

/** The steps on the memory where these numbers are; nothing where they are in an ordinary array. */
export const stepsFor = /* @__PURE__ */ catalogueModule<Readonly<Record<StepName, Step>>>("steps", steps);
