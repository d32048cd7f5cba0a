/**
 * What needs files: models and checkpoints on disk, readers of data, logs, reports, the progress bar, MNIST.
 *
 * @module chainrule/node
 */

export type { BadRow, OnBadRow } from "./bad-rows.js";
export { type CheckpointOptions, checkpoint } from "./checkpoint.js";
export { type CsvOptions, type CsvTrainingOptions, csv } from "./csv.js";
export type { ColumnType, Value } from "./csv-columns.js";
export { type CsvLogOptions, csvLog } from "./csv-log.js";
export { htmlReport } from "./html-report.js";
export { type Idx, type IdxOptions, readIdx } from "./idx.js";
export { type IdxExamplesOptions, idxExamples } from "./idx-examples.js";
export { type ImageFolder, type ImageFolderOptions, imageFolder } from "./image-folder.js";
export { type JsonLinesOptions, jsonLines } from "./json-lines.js";
export { jsonLog } from "./json-log.js";
export { mnist } from "./mnist.js";
export { loadModel, saveModel } from "./model-files.js";
export { type ParquetOptions, parquet } from "./parquet.js";
export { type ProgressBarOptions, progressBar } from "./progress-bar.js";
export type { HtmlReportOptions } from "./report/options.js";
export type { MistakeImages } from "./tensorboard/mistakes.js";
export { type TensorBoardOptions, tensorBoard } from "./tensorboard/tensor-board.js";
export type { TextStream } from "./terminal-bar.js";
