export { type CheckpointOptions, checkpoint } from "./checkpoint.js";
export { type Idx, type IdxOptions, readIdx } from "./idx.js";
export { mnist } from "./mnist.js";
export { loadModel, saveModel } from "./model-files.js";
export { type ProgressBarOptions, progressBar } from "./progress-bar.js";
export type { TextStream } from "./terminal-bar.js";
