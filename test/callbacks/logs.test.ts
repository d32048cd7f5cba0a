import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { accuracy, type Callback, type FitOptions, type Metric, softmaxCrossEntropy } from "chainrule";
import { csv, jsonLines } from "chainrule/node";
import { describe, expect, it } from "vitest";
import { csvLog } from "../../src/node/csv-log.js";
import { jsonLog } from "../../src/node/json-log.js";
import { blobs, classifier } from "../model/support/models.js";
import { emptyFolder, inPieces, straight } from "../node/support/interrupted.js";

const data = blobs();
const logs = [
  ["csvLog", csvLog, "3,0.1", "not,a,log\n1,2,3\n"],
  ["jsonLog", jsonLog, '{"epoch":3,"lo', '{"loss":1}\n'],
] as const;

/** Puts a folder where a file was. */
function swap(path: string): void {
  rmSync(path);
  mkdirSync(path);
}

async function train(callback: Callback, options: FitOptions = {}) {
  const { model } = classifier();
  return model.fit(data, { epochs: 3, batchSize: 12, callbacks: [callback], ...options });
}

const linesOf = (path: string) => readFileSync(path, "utf8").split("\n").slice(0, -1);
const epochsOf = (path: string) =>
  linesOf(path).flatMap((line) => line.match(/^(?:\{"epoch":)?(\d+)/)?.[1] ?? []);

it("csvLog writes columns that csv reads, to the last bit", async () => {
  const path = join(emptyFolder(), "log.csv");
  const history = await train(csvLog(path), { validation: data });
  expect(linesOf(path)[0]).toBe("epoch,loss,accuracy,validationLoss,validationAccuracy");
  const rows: Record<string, unknown>[] = [];
  for await (const row of csv(path)) rows.push(row as Record<string, unknown>);
  expect(rows.map((row) => Number(row.epoch))).toEqual([0, 1, 2]);
  for (const [name, values] of Object.entries(history)) {
    expect(rows.map((row) => Number(row[name]))).toEqual(values);
  }
});

it("jsonLog writes lines that jsonLines reads, to the last bit", async () => {
  const path = join(emptyFolder(), "log.jsonl");
  const history = await train(jsonLog(path), { validation: data });
  const rows: Record<string, unknown>[] = [];
  for await (const row of jsonLines(path)) rows.push(row);
  const columns = Object.entries(history).map(([name, values]) => [name, values] as const);
  expect(rows).toEqual(
    [0, 1, 2].map((epoch) => ({
      epoch,
      ...Object.fromEntries(columns.map(([name, v]) => [name, v[epoch]])),
    })),
  );
});

describe.each(logs)("%s", (who, make, torn, foreign) => {
  it("has each row on the disk when its epoch is over", async () => {
    const path = join(emptyFolder(), "log");
    const seen: string[][] = [];
    const look: Callback = { onEpochEnd: () => void seen.push(epochsOf(path)) };
    await train(make(path), { callbacks: [make(path), look] });
    expect(seen).toEqual([["0"], ["0", "1"], ["0", "1", "2"]]);
  });

  it("is replaced by a training that begins anew, whatever it was", async () => {
    const path = join(emptyFolder(), "log");
    writeFileSync(path, "something else");
    await train(make(path));
    const first = linesOf(path);
    await train(make(path));
    expect(linesOf(path)).toEqual(first);
  });

  it("drops the rows of epochs that come again, and a line that was broken off", async () => {
    const path = join(emptyFolder(), "log");
    await train(make(path), { epochs: 5 });
    const [kept, rest] = [epochsOf(path).slice(0, 2), linesOf(path).slice(0, -3)];
    expect(kept).toEqual(["0", "1"]);
    appendFileSync(path, torn);
    await train(make(path), { initialEpoch: 2, epochs: 3 });
    expect(epochsOf(path)).toEqual(["0", "1", "2"]);
    expect(linesOf(path).slice(0, -1)).toEqual(rest);
  });

  it.each([1, 2, 5])(
    "is the same when training crashes every %d steps, and lines break off",
    async (steps) => {
      const folder = emptyFolder();
      const scenario = (path: string, damage: boolean) => ({
        model: () => classifier().model,
        data: () => data,
        options: () => {
          // The end of a line that a killed process had begun.
          if (damage && existsSync(path)) appendFileSync(path, torn);
          return { epochs: 4, batchSize: 12, callbacks: [make(path)] };
        },
      });
      const [whole, pieces] = [join(folder, "whole"), join(folder, "pieces")];
      await straight(scenario(whole, false));
      const { crashes } = await inPieces(scenario(pieces, true), steps);
      expect(crashes).toBeGreaterThan(0);
      expect(readFileSync(pieces, "utf8")).toBe(readFileSync(whole, "utf8"));
    },
  );

  it("goes on in an empty file, and in one whose first line was broken off", async () => {
    const path = join(emptyFolder(), "log");
    for (const text of ["", "epoch,lo", '{"epo']) {
      writeFileSync(path, text);
      await train(make(path), { initialEpoch: 1 });
      expect(epochsOf(path)).toEqual(["1", "2"]);
    }
  });

  it("stays as it is where nothing is left to train", async () => {
    const path = join(emptyFolder(), "log");
    await train(make(path));
    const before = linesOf(path);
    await train(make(path), { initialEpoch: 3, epochs: 3 });
    expect(linesOf(path)).toEqual(before);
  });

  it("refuses to go on in a file of something else", async () => {
    const path = join(emptyFolder(), "log");
    writeFileSync(path, foreign);
    await expect(train(make(path), { initialEpoch: 1 })).rejects.toThrow(
      new RegExp(`^${who} expects .*, but got .*\\. Give another path\\.$`),
    );
    expect(readFileSync(path, "utf8")).toBe(foreign);
  });

  it("says why it cannot write", async () => {
    const folder = emptyFolder();
    await expect(train(make(join(folder, "none", "log")))).rejects.toThrow(
      new RegExp(`^${who} expects to write .*, but got a folder that is not there`),
    );
    await expect(train(make(folder))).rejects.toThrow(new RegExp(`^${who} expects to write .*EISDIR`));
    await expect(train(make(folder), { initialEpoch: 1 })).rejects.toThrow(
      new RegExp(`^${who} expects to read .*EISDIR`),
    );
    const path = join(folder, "log");
    const block: Callback = { onEpochBegin: () => swap(path) };
    await expect(train(make(path), { callbacks: [make(path), block] })).rejects.toThrow(
      new RegExp(`^${who} expects to add a line to .*EISDIR`),
    );
    expect(() => make("")).toThrow(`${who} expects the path of a file, but got ""`);
    expect(() => make(3 as never)).toThrow(`${who} expects the path of a file, but got 3`);
  });

  it("writes what is not finite, and names with commas and quotes", async () => {
    const path = join(emptyFolder(), "log");
    const { model, optimizer } = classifier();
    const odd: Metric = { ...accuracy(), name: 'a,"b"' };
    model.compile({ loss: softmaxCrossEntropy(), optimizer, metrics: [odd] });
    const spoil: Callback = {
      onEpochEnd({ logs }) {
        (logs as Record<string, number>)[odd.name] = Number.NaN;
      },
    };
    await model.fit(data, { epochs: 1, callbacks: [spoil, make(path)] });
    const [first, second] = linesOf(path);
    if (who === "csvLog") expect([first, second.split(",")[2]]).toEqual(['epoch,loss,"a,""b"""', "NaN"]);
    else expect(JSON.parse(first)).toEqual({ epoch: 0, loss: expect.any(Number), 'a,"b"': null });
  });
});

describe("csvLog with append", () => {
  it("keeps what earlier trainings wrote", async () => {
    const path = join(emptyFolder(), "log");
    const log = csvLog(path, { append: true });
    await train(log, { epochs: 2 });
    await train(log, { epochs: 3 });
    expect(linesOf(path)[0]).toBe("epoch,loss,accuracy");
    expect(epochsOf(path)).toEqual(["0", "1", "0", "1", "2"]);
  });

  it("drops the last training's rows that come again when it is resumed", async () => {
    const path = join(emptyFolder(), "log");
    await train(csvLog(path, { append: true }), { epochs: 4 });
    const scenario = {
      model: () => classifier().model,
      data: () => data,
      options: () => ({ epochs: 4, batchSize: 12, callbacks: [csvLog(path, { append: true })] }),
    };
    // Checkpoints every third step: some epochs come again.
    await inPieces(scenario, 5, { every: 3 });
    expect(epochsOf(path)).toEqual(["0", "1", "2", "3", "0", "1", "2", "3"]);
  });

  it("refuses other columns, and wrong options", async () => {
    const path = join(emptyFolder(), "log");
    await train(csvLog(path));
    await expect(train(csvLog(path, { append: true }), { validation: data })).rejects.toThrow(
      /^csvLog expects ".*log" to begin with "epoch,loss,accuracy,validationLoss,validationAccuracy\\n", but got "epoch,loss,accuracy"/,
    );
    expect(() => csvLog(path, { append: 1 as never })).toThrow(
      /^csvLog expects `append` to be true or false/,
    );
  });
});
