/**
 * Matrices, layers, losses, optimizers, training, tables, models as bytes: all that runs wherever JavaScript does.
 *
 * @module chainrule
 */

export * from "./callbacks/index.js";
export * from "./constraints.js";
export type { ClassWeight } from "./data/class-weight.js";
export { type Batch, Dataset } from "./data/dataset.js";
export { oneHot } from "./data/one-hot.js";
export type { Example } from "./data/pipeline/collate.js";
export type { Pipeline } from "./data/pipeline.js";
export { ChainruleError } from "./errors.js";
export * from "./initializers.js";
export { type LoadedWeights, type LoadWeightsOptions, loadWeights } from "./io/load-weights.js";
export { modelFromBytes, modelToBytes } from "./io/model-file.js";
export { modelFromJSON, type ReadOptions } from "./io/model-json.js";
export { readSafetensors, type Safetensors } from "./io/read-safetensors.js";
export type { Tensor, TensorData, TensorLike, TensorType } from "./io/tensors.js";
export type { WeightsOptions } from "./io/weight-slots.js";
export { weightsToBytes } from "./io/weights-to-bytes.js";
export { writeSafetensors } from "./io/write-safetensors.js";
export type { Curve, DType, Floats } from "./kernels/kernels.js";
export { init, type KernelInfo, kernels, setNumerics, setThreads } from "./kernels/select.js";
export type { Numerics } from "./kernels/simd/engine.js";
export { Context, type Position } from "./layers/context.js";
export { Elementwise } from "./layers/elementwise.js";
export * from "./layers/index.js";
export { Layer, type LayerClass, type LayerJSON, type Traits } from "./layers/layer.js";
export * from "./losses/index.js";
export {
  type Loss,
  type LossOptions,
  lossOf,
  type Meaning,
  type RowLoss,
  type TargetKind,
  type Total,
} from "./losses/loss.js";
export { Matrix } from "./matrix.js";
export { type ConfusionMatrixOptions, confusionMatrix } from "./metrics/confusion-matrix.js";
export { lossMetric } from "./metrics/loss-metric.js";
export * from "./metrics.js";
export type {
  BatchEvent,
  Callback,
  CallbackState,
  EpochEndEvent,
  EpochEvent,
  SafePointEvent,
  TrainEndEvent,
  TrainEvent,
} from "./model/callbacks.js";

export { checkGradients, type GradientCheckOptions, type GradientReport } from "./model/check-gradients.js";
export type { CompileOptions } from "./model/compile.js";
export { type EarlyStoppingOptions, earlyStopping } from "./model/early-stopping.js";
export type { EvaluateOptions } from "./model/evaluate.js";
export type { FitOptions } from "./model/fit-options.js";
export type { History, Report } from "./model/history.js";
export { Sequential } from "./model/sequential.js";
export type { SequentialOptions } from "./model/sequential-options.js";
export type { Snapshot } from "./model/snapshot.js";
export type { LayerTrace } from "./model/trace.js";
export type { Weights } from "./model/weights.js";
export { type Named, named } from "./named.js";
export * from "./optimizers/index.js";
export type { MomentOptions } from "./optimizers/moments.js";
export {
  type GroupSettings,
  Optimizer,
  type OptimizerOptions,
  type ParameterGroup,
} from "./optimizers/optimizer.js";
export { Parameter } from "./parameter.js";
export { Random } from "./random.js";
export type { Axis } from "./reductions.js";
export * from "./regularizers.js";
export {
  type CyclicMomentumOptions,
  type CyclicOptions,
  chain,
  constantRate,
  cosineDecay,
  cosineRestarts,
  cyclic,
  cyclicMomentum,
  exponentialDecay,
  inverseTimeDecay,
  type Momentum,
  multiStepDecay,
  noam,
  type OneCycleMomentumOptions,
  type OneCycleOptions,
  oneCycle,
  oneCycleMomentum,
  polynomialDecay,
  type Rate,
  type Schedule,
  type Stage,
  stepDecay,
  warmup,
} from "./schedules.js";
export { formatShape, type Shape, sizeOf } from "./shape.js";
export type { Cell, Coder, Row } from "./tables/coder.js";
export * from "./tables/coders.js";
export { type Rows, Table, type TableBatchOptions, type TableOptions } from "./tables/table.js";
export * from "./tools/index.js";
