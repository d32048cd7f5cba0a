import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  accuracy,
  binaryCrossEntropy,
  type Callback,
  confusionMatrix,
  Dense,
  type FitOptions,
  Matrix,
  type Metric,
  meanSquaredError,
  reduceOnPlateau,
  Sequential,
  SGD,
  Sigmoid,
  softmaxCrossEntropy,
} from "chainrule";
import { checkpoint, type HtmlReportOptions, htmlReport } from "chainrule/node";
import { describe, expect, it } from "vitest";
import { bits, blobs, classifier, cut } from "../model/support/models.js";
import { crashAfter, emptyFolder } from "../node/support/interrupted.js";
import { dataOf, seriesOf } from "./support/report.js";

const data = blobs();
const held = blobs(30, "float32", "held");

const read = (path: string) => readFileSync(path, "utf8");
const newPath = () => join(emptyFolder(), "report.html");

/** Trains a small classifier, and returns its history and the page. */
async function reported(options: FitOptions = {}, how: HtmlReportOptions = {}) {
  const path = newPath();
  const { model } = classifier();
  const callbacks = [htmlReport(path, how), ...(options.callbacks ?? [])];
  const history = await model.fit(data, { epochs: 4, batchSize: 12, ...options, callbacks });
  return { model, history, path, page: read(path) };
}

it("holds the numbers of the history, to the last bit", async () => {
  const { history, page } = await reported({ validation: held });
  const series = seriesOf(page);
  expect(dataOf(page).x).toEqual([1, 2, 3, 4]);
  for (const [name, values] of Object.entries(history)) expect(series[name]).toEqual(values);
  expect(series["learning rate"]).toEqual([0.02, 0.02, 0.02, 0.02]);
  expect(series.seconds.every((seconds) => seconds !== null && seconds > 0)).toBe(true);
  expect(page).toContain("finished");
});

it("is on the disk when an epoch is over, or every so many", async () => {
  const seen = async (how: HtmlReportOptions) => {
    const path = newPath();
    const epochs: number[] = [];
    const look: Callback = { onEpochEnd: () => void epochs.push(dataOf(read(path)).x.length) };
    await classifier().model.fit(data, { epochs: 5, callbacks: [htmlReport(path, how), look] });
    return [...epochs, dataOf(read(path)).x.length];
  };
  expect(await seen({})).toEqual([1, 2, 3, 4, 5, 5]);
  expect(await seen({ every: 2 })).toEqual([0, 2, 2, 4, 4, 5]);
});

it("changes no bit of the training", async () => {
  const plain = classifier().model;
  await plain.fit(data, { epochs: 4, batchSize: 12, validationSplit: 0.25 });
  const { model } = await reported({ validationSplit: 0.25 });
  expect(bits(model)).toEqual(bits(plain));
});

describe("what the model is tried on", () => {
  it("is the validation data, the rows kept apart, or its own: the counts are those of confusionMatrix", async () => {
    const cases: [FitOptions, HtmlReportOptions][] = [
      [{ validation: held }, {}],
      [{ validation: cut(held, 7) }, {}],
      [{}, { data: held }],
      [{}, { data: cut(held, 7) }],
    ];
    for (const [options, how] of cases) {
      const { model, page } = await reported(options, how);
      const counts = confusionMatrix(model.predict(held.x), held.y, { prediction: "logit" });
      const table = page.slice(page.indexOf('class="confusion"'));
      const cells = [...table.matchAll(/shade-\d+">(\d+)</g)].map(([, n]) => Number(n));
      expect(cells).toEqual([...counts.data]);
    }
    const { page } = await reported({ validationSplit: 0.25 });
    expect(page).toMatch(/\d of 6 rows are right/);
  });

  it("may be nothing", async () => {
    const { page } = await reported();
    expect(page).not.toContain("Confusion matrix");
    expect(page).not.toContain("Worst mistakes");
  });

  it("is shown with the names of classes, the worst first, as pictures or as rows", async () => {
    const x = held.x.map((v) => -v); // so that there are mistakes
    const how = { data: { x, y: held.y }, labels: ["ant", "bee", "cat"] };
    const pictures = await reported({}, { ...how, images: [2, 2] });
    const losses = [...pictures.page.matchAll(/loss ([\d.]+)</g)].map(([, loss]) => Number(loss));
    expect(losses.length).toBeGreaterThan(3);
    expect(losses).toEqual([...losses].sort((a, b) => b - a));
    expect(pictures.page).toMatch(
      /<canvas width="2" height="2".*aria-label="Row \d+: (ant|bee|cat), taken for/,
    );
    const rows = await reported({}, how);
    expect(rows.page).toMatch(/<th scope="col">x0<\/th>/);
    expect(rows.page).not.toContain("<canvas");
  });

  it("counts what occurs, where there are many classes", async () => {
    const path = newPath();
    const model = new Sequential([new Dense({ units: 10_000 })], { input: [2], seed: 1 });
    model.compile({ loss: softmaxCrossEntropy(), optimizer: new SGD({ learningRate: 1e-9 }) });
    const batch = {
      x: Matrix.from([
        [1, 0],
        [0, 1],
        [1, 1],
      ]),
      y: Matrix.from([[7], [8], [9]]),
    };
    await model.fit(batch, { validation: batch, callbacks: [htmlReport(path)] });
    const page = read(path);
    expect(page).toContain("There are 10000 classes. These are confused most.");
    expect(page.match(/<tr><th scope="row">[789]<\/th><td>\d+<\/td><td>1<\/td>/g)).toHaveLength(3);
  });

  it("is said of yes and no, and of numbers, too", async () => {
    const y = data.y.map((c) => (c === 0 ? 1 : 0));
    const one = (loss: typeof meanSquaredError | typeof binaryCrossEntropy, end: Sigmoid[]) =>
      new Sequential([new Dense({ units: 1 }), ...end], { input: [4], seed: 1 }).compile({
        loss: loss(),
        optimizer: new SGD({ learningRate: 0.1 }),
      });
    const pageOf = async (model: Sequential, target: Matrix) => {
      const path = newPath();
      const batch = { x: data.x, y: target };
      await model.fit(batch, { validation: batch, callbacks: [htmlReport(path)] });
      return read(path);
    };
    const yesOrNo = await pageOf(one(binaryCrossEntropy, [new Sigmoid()]), y);
    expect(yesOrNo).toMatch(/\d+ of 24 rows are right/);
    // Probabilities to be learned are no classes.
    const soft = await pageOf(
      one(binaryCrossEntropy, [new Sigmoid()]),
      y.map((t) => 0.1 + 0.8 * t),
    );
    expect(soft).not.toContain("Confusion matrix");
    const numbers = await pageOf(one(meanSquaredError, []), y);
    expect(dataOf(numbers).pairs.map(([wanted]) => wanted)).toEqual([...y.data]);
  });
});

it("escapes whatever names are made of", async () => {
  const evil = `</script><img src=x onerror="alert(1)">'&`;
  const metric: Metric = { name: evil, start: () => ({ add() {}, value: () => 0.5 }) };
  const path = newPath();
  const model = new Sequential([new Dense({ units: 3 })], { input: [4], seed: 1 }).compile({
    loss: { ...classifier().model.loss!, name: evil },
    optimizer: new SGD({ learningRate: 0.1 }),
    metrics: [metric, accuracy()],
  });
  const stop: Callback = {
    onEpochEnd({ epoch }) {
      if (epoch === 1) throw new Error(evil);
    },
  };
  const report = htmlReport(path, { title: evil, labels: [evil, evil, evil], data: held });
  const training = model.fit(data, { epochs: 3, validation: held, callbacks: [report, stop] });
  await expect(training).rejects.toThrow(evil);
  const page = read(path);
  expect(page).not.toContain("<img");
  expect(page.split("</script>")).toHaveLength(3); // its data, and its script
  expect(page).toContain("&#60;/script&#62;&#60;img src=x onerror=&#34;alert(1)&#34;&#62;&#39;&#38;");
  expect(seriesOf(page)[evil]).toEqual([0.5, 0.5]);
});

describe("trainings that do not end as they should", () => {
  it("leave the last epoch, and why", async () => {
    const path = newPath();
    const controller = new AbortController();
    const abort: Callback = {
      onEpochEnd: ({ epoch }) => void (epoch === 1 && controller.abort(new Error("enough"))),
    };
    const options = { epochs: 9, signal: controller.signal, callbacks: [htmlReport(path), abort] };
    await expect(classifier().model.fit(data, options)).rejects.toThrow("enough");
    expect(read(path)).toMatch(/ended by an error after 2 epochs[\s\S]*enough/);
    expect(dataOf(read(path))).toMatchObject({ isRunning: false, x: [1, 2] });
  });

  it("are said to have stopped early", async () => {
    const { page } = await reported({
      callbacks: [{ onEpochEnd: ({ epoch }) => (epoch === 1 ? "stop" : undefined) }],
    });
    expect(page).toContain("stopped early, after 2 of 4 epochs");
  });

  it("go on, when they are resumed, behind what the file has", async () => {
    const folder = emptyFolder();
    const path = newPath();
    const run = (callbacks: Callback[]) =>
      classifier().model.fit(data, {
        ...{ epochs: 6, batchSize: 12, validation: held, resume: folder },
        callbacks: [checkpoint(folder), htmlReport(path), ...callbacks],
      });
    await expect(run([crashAfter(7)])).rejects.toThrow(); // in the fourth epoch
    const before = dataOf(read(path));
    const history = await run([]);
    const page = read(path);
    const after = dataOf(page);
    expect(after.x).toEqual([1, 2, 3, 4, 5, 6]);
    expect(seriesOf(page).loss).toEqual(history.loss);
    expect(seriesOf(page).seconds.slice(0, 3)).toEqual(before.series.at(-2)?.values);
    expect(after.histograms.slice(0, 4)).toEqual(before.histograms);
    // A file that is none of its own is replaced.
    writeFileSync(path, page.replace('"format":1', '"format":1,"x":"?"'));
    await run([]);
    expect(seriesOf(read(path)).loss).toEqual(history.loss);
  });
});

it("puts another training with the same callback behind the first", async () => {
  const path = newPath();
  const report = htmlReport(path);
  const { model } = classifier();
  const first = await model.fit(data, { epochs: 2, callbacks: [report] });
  const second = await model.fit(data, { epochs: 3, validation: held, callbacks: [report] });
  const { x, fit } = dataOf(read(path));
  expect([x, fit]).toEqual([
    [1, 2, 3, 4, 5],
    [0, 0, 1, 1, 1],
  ]);
  expect(seriesOf(read(path)).loss).toEqual([...first.loss, ...second.loss]);
  expect(seriesOf(read(path)).validationLoss).toEqual([null, null, ...second.validationLoss!]);
});

it("stays small over many epochs, and keeps the best", async () => {
  const { history, page } = await reported(
    { epochs: 1500, batchSize: 24, validation: held },
    { every: 1500 },
  );
  expect(page.length).toBeLessThan(500_000);
  const { x, histograms } = dataOf(page);
  expect(x.length).toBeLessThan(450);
  expect([x[0], x.at(-1)]).toEqual([1, 1500]);
  expect(x).toContain(1 + history.loss.indexOf(Math.min(...history.loss)));
  expect(histograms.length).toBeLessThanOrEqual(121);
  expect([histograms[0].x, histograms.at(-1)?.x]).toEqual([0, 1500]);
});

it("shows the rate that an epoch began with, whoever changes it", async () => {
  const plateau = reduceOnPlateau({ monitor: "loss", patience: 1, minDelta: 10, factor: 0.5 });
  const { page } = await reported({ callbacks: [plateau] });
  expect(seriesOf(page)["learning rate"]).toEqual([0.02, 0.02, 0.01, 0.005]);
});

describe("errors", () => {
  it("are told at once for what it cannot do", async () => {
    expect(() => htmlReport("")).toThrow('htmlReport expects the path of a file, but got "".');
    expect(() => htmlReport("a.html", { image: [2, 2] } as never)).toThrow('Did you mean "images"?');
    expect(() => htmlReport("a.html", { images: [2, 2, 4] as never })).toThrow(
      "`images` to be [height, width]",
    );
    await expect(reported({}, { images: [2, 3] })).rejects.toThrow(
      "htmlReport expects `images` to be the shape of a row of inputs, but got",
    );
    await expect(reported({}, { data: { x: Matrix.zeros(2, 3), y: Matrix.zeros(2, 1) } })).rejects.toThrow(
      "3",
    );
  });

  it("of the file end training, or are told", async () => {
    const path = newPath();
    mkdirSync(path);
    const train = (how: HtmlReportOptions) =>
      classifier().model.fit(data, { callbacks: [htmlReport(path, how)] });
    await expect(train({})).rejects.toThrow(
      /^htmlReport expects to write \d+ bytes to .*folder of that name/,
    );
    const errors: unknown[] = [];
    await train({ onError: (error) => errors.push(error) });
    expect(errors).toHaveLength(3); // at the beginning, after the epoch, and at the end
    expect(statSync(path).isDirectory()).toBe(true);
  });
});
