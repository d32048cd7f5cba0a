import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BinaryReader } from "@bufbuild/protobuf/wire";
import {
  Adam,
  accuracy,
  binaryCrossEntropy,
  cosineDecay,
  Dense,
  Matrix,
  Sequential,
  Sigmoid,
  softmaxCrossEntropy,
} from "chainrule";
import { checkpoint, type TensorBoardOptions, tensorBoard } from "chainrule/node";
import { decode } from "fast-png";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "chainrule-tensorboard-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const x = Matrix.zeros(40, 6).map((_, r, c) => Math.sin(r + 2 * c));
const y = x.argmax("rows").map((label) => label % 3);
const data = { x, y };

const newModel = () =>
  new Sequential([new Dense({ units: 3 })], { input: [6], seed: 1 }).compile({
    loss: softmaxCrossEntropy(),
    optimizer: new Adam({ learningRate: cosineDecay({ initial: 0.1, steps: 100 }) }),
    metrics: [accuracy()],
  });

/** The fields of a message by number: numbers of 64 bits as bytes, the rest as protobuf has it. */
function fields(bytes: Uint8Array): [number, Uint8Array | number][] {
  const reader = new BinaryReader(bytes);
  const found: [number, Uint8Array | number][] = [];
  while (reader.pos < reader.len) {
    const [number, type] = reader.tag();
    const value = [
      () => Number(reader.int64()),
      () => reader.double(),
      () => reader.bytes(),
      undefined,
      undefined,
      () => reader.float(),
    ][type];
    if (value === undefined) throw new Error(`wire type ${type}`);
    found.push([number, value()]);
  }
  return found;
}

const bytesIn = (bytes: Uint8Array, field: number) =>
  fields(bytes).flatMap(([number, value]) => (number === field ? [value as Uint8Array] : []));
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** CRC-32C bit by bit, and masked. */
function checksum(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0x82f63b78 : 0);
  }
  crc = ~crc;
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}

interface Value {
  readonly step: number;
  readonly tag: string;
  readonly bytes: Uint8Array;
  readonly number: number | undefined;
}

/** The events of each file of a run, in the order of their names. */
function eventsOf(run: string): Uint8Array[][] {
  return readdirSync(join(folder, run))
    .sort()
    .map((name) => {
      expect(name).toMatch(/^events\.out\.tfevents\.\d{10}\.\d{3}\.chainrule$/);
      const file = readFileSync(join(folder, run, name));
      const events: Uint8Array[] = [];
      for (let at = 0; at < file.length; ) {
        const length = Number(file.readBigUInt64LE(at));
        const event = file.subarray(at + 12, at + 12 + length);
        expect(file.readUInt32LE(at + 8)).toBe(checksum(file.subarray(at, at + 8)));
        expect(file.readUInt32LE(at + 12 + length)).toBe(checksum(event));
        events.push(event);
        at += 16 + length;
      }
      expect(textOf(bytesIn(events[0], 3)[0])).toBe("brain.Event:2");
      return events;
    });
}

const stepOf = (event: Uint8Array) => Number(fields(event).find(([number]) => number === 2)?.[1] ?? 0);

function valuesOf(run: string): Value[] {
  return eventsOf(run)
    .flat()
    .flatMap((event) =>
      bytesIn(event, 5).flatMap((summary) =>
        bytesIn(summary, 1).map((bytes) => ({
          step: stepOf(event),
          tag: textOf(bytesIn(bytes, 1)[0]),
          bytes,
          number: fields(bytes).find(([number]) => number === 2)?.[1] as number | undefined,
        })),
      ),
    );
}

const curve = (run: string, tag: string) =>
  valuesOf(run)
    .filter((value) => value.tag === tag)
    .map(({ step, number }) => [step, number]);
const trainWith = (options: TensorBoardOptions = {}, more: object = {}) =>
  newModel().fit(data, { epochs: 3, batchSize: 8, callbacks: [tensorBoard(folder, options)], ...more });

describe("tensorBoard", () => {
  it("writes the curves of training and validation as two runs", async () => {
    const history = await trainWith({}, { validation: data });
    const points = (numbers: readonly number[] = []) =>
      numbers.map((value, epoch) => [epoch, Math.fround(value)]);
    expect(readdirSync(folder).sort()).toEqual(["train", "validation"]);
    expect(curve("train", "loss")).toEqual(points(history.loss));
    expect(curve("train", "accuracy")).toEqual(points(history.accuracy));
    expect(curve("validation", "loss")).toEqual(points(history.validationLoss));
    expect(curve("validation", "accuracy")).toEqual(points(history.validationAccuracy));
    const rates = [4, 9, 14].map((step) => cosineDecay({ initial: 0.1, steps: 100 })(step));
    expect(curve("train", "learning_rate")).toEqual(points(rates));
    expect(curve("train", "examples_per_second").map(([, pace]) => Number(pace) > 0)).toEqual([
      true,
      true,
      true,
    ]);
  });

  it("writes histograms of weights and gradients, the graph and the summary", async () => {
    await trainWith();
    expect(readdirSync(folder)).toEqual(["train"]);
    const values = valuesOf("train");
    for (const tag of ["weights/0.weight", "gradients/0.weight", "weights/0.bias", "gradients/0.bias"]) {
      const counts = values
        .filter((value) => value.tag === tag)
        .map(({ bytes }) => {
          const [, , , , , , bars] = fields(bytesIn(bytes, 5)[0]).map(([, value]) => value) as Uint8Array[];
          const view = new DataView(bars.buffer, bars.byteOffset, bars.length);
          return Array.from({ length: bars.length / 8 }, (_, i) => view.getFloat64(8 * i, true)).reduce(
            (a, b) => a + b,
          );
        });
      expect(counts, tag).toEqual(Array(3).fill(tag.endsWith("bias") ? 3 : 18));
    }
    const graphs = eventsOf("train")
      .flat()
      .flatMap((event) => bytesIn(event, 4));
    const names = bytesIn(graphs[0], 1).map((node) => textOf(bytesIn(node, 1)[0]));
    expect(names).toEqual(["input", "0_Dense/weight", "0_Dense/bias", "0_Dense/Dense", "target", "loss"]);
    const [text] = values.filter(({ tag }) => tag === "model");
    expect(textOf(bytesIn(bytesIn(text.bytes, 8)[0], 8)[0])).toMatch(
      /^```\nSequential\nlayer .*loss softmaxCrossEntropy/s,
    );
  });

  it("leaves out what is not wanted", async () => {
    await trainWith({ histograms: false, graph: false });
    const tags = new Set(valuesOf("train").map(({ tag }) => tag));
    expect([...tags].sort()).toEqual(["accuracy", "examples_per_second", "learning_rate", "loss", "model"]);
    expect(
      eventsOf("train")
        .flat()
        .flatMap((event) => bytesIn(event, 4)),
    ).toEqual([]);
  });

  it("draws over steps", async () => {
    await trainWith({ every: 2 }, { validation: data });
    expect(curve("train", "loss").map(([step]) => step)).toEqual([2, 4, 5, 6, 8, 10, 12, 14, 15]);
    expect(curve("validation", "loss").map(([step]) => step)).toEqual([5, 10, 15]);
  });

  it("shows mistakes as pictures", async () => {
    const validation = { x, y: y.map((label) => (label + 1) % 3) }; // most of it is wrong
    const images = { shape: [2, 3], most: 4, labels: ["ant", "bee", "cat"] };
    await trainWith({ images }, { validation, epochs: 1 });
    const values = valuesOf("train");
    const [{ bytes }] = values.filter(({ tag }) => tag === "mistakes");
    const [width, height, ...files] = bytesIn(bytesIn(bytes, 8)[0], 8);
    expect([textOf(width), textOf(height), files.length]).toEqual(["3", "2", 4]);
    const rows = /^\| 1 \| (\d+) \| (ant|bee|cat) \| (?!\2)(ant|bee|cat) \|$/m;
    const [table] = values.filter(({ tag }) => tag === "mistakes_table");
    const [, row] = rows.exec(textOf(bytesIn(bytesIn(table.bytes, 8)[0], 8)[0])) ?? [];
    const png = decode(files[0]);
    expect([png.width, png.height, png.channels]).toEqual([3, 2, 1]);
    const darkest = x.row(Number(row)).data.indexOf(Math.min(...x.row(Number(row)).data));
    expect(png.data[darkest]).toBe(Math.min(...png.data));
  });

  it("knows which side of a single output is which class", async () => {
    const one = new Sequential([new Dense({ units: 1 }), new Sigmoid()], { input: [6], seed: 1 });
    one.compile({ loss: binaryCrossEntropy(), optimizer: new Adam() });
    const sides = one.predict(x).map((p) => Number(p > 0.5));
    one.compile({ loss: binaryCrossEntropy(), optimizer: new Adam({ learningRate: 0 }) });
    await one.fit(
      { x, y: sides },
      { callbacks: [tensorBoard(folder, { images: { shape: [2, 3], data: { x, y: sides } } })] },
    );
    const [none] = valuesOf("train").filter(({ tag }) => tag === "mistakes");
    expect(textOf(bytesIn(bytesIn(none.bytes, 8)[0], 8)[0])).toBe("None in 40 rows.");
  });

  it("goes on in a second file when training is resumed, and says what the first one has too many", async () => {
    const saved = join(folder, "saved");
    await trainWith({}, { callbacks: [tensorBoard(folder), checkpoint(saved)] });
    await trainWith({}, { epochs: 5, resume: saved, callbacks: [tensorBoard(folder), checkpoint(saved)] });
    expect(eventsOf("train")).toHaveLength(2);
    expect(curve("train", "loss").map(([step]) => step)).toEqual([0, 1, 2, 3, 4]);
    const restarts = eventsOf("train")
      .flat()
      .filter((event) => bytesIn(event, 7).length > 0);
    expect(restarts.map(stepOf)).toEqual([0, 3]);
  });
});

describe("refuses", () => {
  it.each<[string, () => unknown, RegExp]>([
    ["no folder", () => tensorBoard(""), /tensorBoard expects the path of a folder, but got ""/],
    [
      "an unknown option",
      () => tensorBoard("x", { histogram: true } as never),
      /Did you mean "histograms"\?/,
    ],
    [
      "no steps",
      () => tensorBoard("x", { every: 0 }),
      /`every` to be a whole number of at least 1, or one of "epoch"/,
    ],
    [
      "images without a shape",
      () => tensorBoard("x", { images: {} as never }),
      /`images` to be an object such as/,
    ],
    [
      "pictures of two colors",
      () => tensorBoard("x", { images: { shape: [1, 1, 2] } }),
      /`shape` to be \[height, width\] or \[height, width, 1 or 3\]/,
    ],
    [
      "pictures of rows without targets",
      () => tensorBoard("x", { images: { shape: [1, 1], data: { x: Matrix.zeros(1, 1) } as never } }),
      /`data` to be \{ x, y \}/,
    ],
    [
      "an unknown option of images",
      () => tensorBoard("x", { images: { shape: [1], rows: 3 } as never }),
      /"rows"/,
    ],
  ])("%s", (_, make, expected) => {
    expect(make).toThrow(expected);
  });

  it("pictures of another size than the rows", async () => {
    const training = trainWith({ images: { shape: [28, 28], data } });
    await expect(training).rejects.toThrow(
      /`images.shape` to have 6 numbers, as the rows of data, but got \[28, 28\]/,
    );
  });

  it("a folder that is a file", async () => {
    const path = join(import.meta.dirname, "tensor-board.test.ts");
    const training = newModel().fit(data, { callbacks: [tensorBoard(path)] });
    await expect(training).rejects.toThrow(/tensorBoard expects to write into ".*", but got E/);
  });
});
