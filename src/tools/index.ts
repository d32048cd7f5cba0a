export {
  type Calibration,
  type CalibrationBin,
  type CalibrationOptions,
  calibrationCurve,
} from "./calibration-curve.js";
export { type DoctorOptions, doctor, type Finding } from "./doctor.js";
export {
  type ExportFunctionOptions,
  type ExportTools,
  type Expression,
  exportFunction,
} from "./export-function.js";
export {
  type LearningRateRange,
  type LearningRateRangeOptions,
  learningRateRange,
} from "./learning-rate-range.js";
export { type Importance, type ImportanceOptions, permutationImportance } from "./permutation-importance.js";
