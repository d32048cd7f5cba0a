export {
  type ExportFunctionOptions,
  type ExportTools,
  type Expression,
  exportFunction,
} from "./export-function.js";
