import { join } from "node:path";
import { isDataset } from "../../data/dataset.js";
import { describe, fail } from "../../errors.js";
import { Matrix } from "../../matrix.js";
import type { Callback, EpochEvent, TrainEvent } from "../../model/callbacks.js";
import { inspected } from "../../model/summary.js";
import { checkOptions, either, flag, integer, oneOf, optional, type Rule } from "../../options.js";
import { rateAt } from "../../schedules/schedule.js";
import { pictureShape } from "../picture-shape.js";
import { Speed } from "../speed.js";
import { EventFile } from "./event-file.js";
import { graphField, histogram, markdown, restartField, scalar, summaryField } from "./events.js";
import { graphOf } from "./graph.js";
import { writeFields } from "./message.js";
import { type MistakeImages, mistakesOf } from "./mistakes.js";
import { loadPackages, type Packages } from "./packages.js";

export interface TensorBoardOptions {
  /** How often to write, and what the curves are drawn over: after each epoch, or each so many steps. Default: "epoch". */
  every?: number | "epoch";
  /** Whether to write histograms of the weights and of the last step's gradients. Default: true. */
  histograms?: boolean;
  /** Whether to write the graph of the layers. Default: true. */
  graph?: boolean;
  /** Examples to show as pictures each epoch, where they are taken for another class. Default: none. */
  images?: MistakeImages;
}

const WHO = "tensorBoard";

const images: Rule = {
  expected: "an object such as { shape: [28, 28] }",
  accepts: (v) => typeof v === "object" && v !== null && "shape" in v,
};

/**
 * Writes what is measured into a folder, for `tensorboard --logdir folder`: the loss and the metrics in its runs `train` and
 * `validation`, the learning rate, examples a second, histograms of weights and gradients, the graph of the layers, the
 * summary, and if you like pictures of mistakes. On the disk after each epoch; a training that is resumed, or begins
 * anew, goes on in the folder, and hides what was written for its epochs before.
 * By the packages `@bufbuild/protobuf` and `crc-32`, and for pictures `fast-png`.
 * @throws ChainruleError in `fit` without these, and if the folder cannot be written
 */
export function tensorBoard(folder: string, options: TensorBoardOptions = {}): Callback {
  if (typeof folder !== "string" || folder === "") fail(WHO, "the path of a folder", describe(folder));
  checkOptions(WHO, options, {
    every: optional(either(integer(1), oneOf("epoch"))),
    histograms: optional(flag),
    graph: optional(flag),
    images: optional(images),
  });
  const { every = "epoch", histograms = true, graph = true } = options;
  if (options.images !== undefined) checkImages(options.images);
  let packages: Packages;
  let train: EventFile;
  let validation: EventFile | undefined;
  let speed = new Speed();
  let isNew = true; // nothing was written yet
  let written = -1; // the last step that numbers of training were written for

  const stepOf = ({ epoch, model }: EpochEvent) => (every === "epoch" ? epoch : model.context.position.step);
  const fileFor = (name: string) => new EventFile(WHO, join(folder, name), packages);
  const writeTraining = (event: EpochEvent & { logs: Readonly<Record<string, number>> }) => {
    const { model, logs } = event;
    const step = stepOf(event);
    if (step === written) return;
    written = step;
    const own = Object.entries(logs).filter(([name]) => !name.startsWith("validation"));
    const { optimizer, parameters } = model;
    const rate = optimizer && [
      scalar("learning_rate", rateAt(optimizer.learningRate, Math.max(0, optimizer.steps - 1))),
    ];
    const pace = speed.perSecond === undefined ? [] : [scalar("examples_per_second", speed.perSecond)];
    const bars = !histograms
      ? []
      : parameters.flatMap(({ name, value, trainable, grad }) => [
          ...histogram(`weights/${name}`, value.data),
          ...(trainable ? histogram(`gradients/${name}`, grad.data) : []),
        ]);
    const values = own.map(([name, value]) => scalar(name, value));
    train.add(step, summaryField([...values, ...(rate ?? []), ...pace, ...bars]));
  };
  const begin = (event: EpochEvent) => {
    isNew = false;
    const { model, history } = event;
    const first = every === "epoch" ? event.epoch : stepOf(event) + 1;
    const measured = Object.keys(history).some((name) => name.startsWith("validation"));
    validation = measured ? fileFor("validation") : undefined;
    for (const file of [train, validation]) file?.add(first, restartField);
    const fields = graph ? [graphField(writeFields(packages.newMessage(), graphOf(model)).finish())] : [];
    for (const field of fields) train.add(first, field);
    train.add(first, summaryField([markdown("model", `\`\`\`\n${inspected(model)}\n\`\`\``)]));
  };
  return {
    firstRankOnly: true,
    async onTrainBegin() {
      packages = await loadPackages(WHO);
      train = fileFor("train");
      [isNew, written] = [true, -1];
    },
    onEpochBegin(event) {
      if (isNew) begin(event);
      speed = new Speed();
    },
    onBatchEnd(event) {
      speed.add(event.batch, event.rows);
      if (every !== "epoch" && stepOf(event) % every === 0) writeTraining(event);
    },
    async onEpochEnd(event) {
      const step = stepOf(event);
      writeTraining(event);
      const values = Object.entries(event.logs).filter(([name]) => name.startsWith("validation"));
      validation?.add(step, summaryField(values.map(([name, value]) => scalar(shortName(name), value))));
      const data = options.images?.data ?? inMemory(event);
      if (options.images !== undefined && data !== undefined) {
        train.add(step, summaryField(await mistakesOf(WHO, event.model, data, options.images)));
      }
      await train.flush();
      await validation?.flush();
    },
    async onTrainEnd() {
      await train?.flush();
      await validation?.flush();
    },
  };
}

function checkImages(given: MistakeImages): void {
  checkOptions(`${WHO}'s images`, given, {
    shape: pictureShape,
    data: optional({ expected: "{ x, y }", accepts: isBatch }),
    most: optional(integer(1)),
    labels: optional({ expected: "a list of texts", accepts: Array.isArray }),
  });
}

const isBatch = (v: unknown) =>
  typeof v === "object" && v !== null && "x" in v && "y" in v && Matrix.isMatrix(v.x) && Matrix.isMatrix(v.y);

function inMemory({ validation }: TrainEvent) {
  return validation === undefined || isDataset(validation) ? undefined : validation;
}

/** `validationLoss` → `loss`, so that both runs share a picture */
function shortName(name: string): string {
  const short = name.slice("validation".length);
  return short.charAt(0).toLowerCase() + short.slice(1);
}
