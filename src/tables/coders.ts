export { type CategoryOptions, oneHotCategory, ordinalCategory } from "./categories.js";
export {
  type NumericOptions,
  numeric,
  type RescaleOptions,
  rescale,
  type StandardizeOptions,
  standardize,
} from "./numbers.js";
