import { accuracy, type Callback, Dense, Matrix, Sequential, SGD, softmaxCrossEntropy } from "chainrule";
import { progressBar } from "chainrule/node";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Pipe, Screen } from "./support/screen.js";

const x = Matrix.zeros(40, 3).map((_, r, c) => Math.sin(r + 2 * c));
const data = { x, y: x.argmax("rows") };

const newModel = () =>
  new Sequential([new Dense({ units: 3 })], { input: [3], seed: 1 }).compile({
    loss: softmaxCrossEntropy(),
    optimizer: new SGD({ learningRate: 0.1 }),
    metrics: [accuracy()],
  });

beforeEach(() => void vi.stubEnv("TERM", "xterm"));

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

describe("where the output is no terminal", () => {
  it("prints exactly one line an epoch, with 4 significant digits", async () => {
    const stream = new Pipe();
    const { loss } = await newModel().fit(data, {
      epochs: 10,
      batchSize: 8,
      validationSplit: 0.25,
      callbacks: [progressBar({ stream })],
    });
    const lines = stream.text.split("\n");
    expect(lines).toHaveLength(11);
    expect(lines.pop()).toBe("");
    for (const [i, line] of lines.entries()) {
      const epoch = `epoch ${String(i + 1).padStart(2)}/10  [\\d.]+ m?s  loss ${loss[i].toPrecision(4)}`;
      const others =
        "accuracy [\\d.]{5,7}  validationLoss [\\d.]{5,7}  validationAccuracy [\\d.]{5,7}  [\\d,.]+ examples/s";
      expect(line).toMatch(new RegExp(`^${epoch}  ${others}$`));
    }
  });

  it("starts no timer, and takes no carriage return or control sequence", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "setInterval", "clearTimeout"] });
    const stream = new Pipe();
    const counts: number[] = [];
    const counter: Callback = { onBatchEnd: () => void counts.push(vi.getTimerCount()) };
    await newModel().fit(data, { epochs: 2, callbacks: [progressBar({ stream }), counter] });
    expect(counts).toEqual([0, 0, 0, 0]);
    expect(stream.text).not.toContain("\r");
    expect(stream.text).not.toContain("\x1b");
  });

  it("takes a dumb terminal for none", async () => {
    vi.stubEnv("TERM", "dumb");
    const screen = new Screen();
    await newModel().fit(data, { epochs: 2, callbacks: [progressBar({ stream: screen })] });
    expect(screen.written.map((text) => text.replace(/[\d.]+ m?s .*/, "…"))).toEqual([
      "epoch 1/2  …\n",
      "epoch 2/2  …\n",
    ]);
  });

  it("says where a failed epoch stopped", async () => {
    const stream = new Pipe();
    const failing: Callback = {
      onBatchEnd({ epoch, batch }) {
        if (epoch === 1 && batch === 2) throw new Error("mine");
      },
    };
    const fit = newModel().fit(data, {
      epochs: 3,
      batchSize: 8,
      callbacks: [progressBar({ stream }), failing],
    });
    await expect(fit).rejects.toThrow("mine");
    expect(stream.text).toMatch(/^epoch 1\/3 {2}.*\nepoch 2\/3 {2}stopped after 3 of 5 batches\n$/);
  });

  it("writes to the standard output unless told otherwise", async () => {
    const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
    const isTTY = process.stdout.isTTY;
    process.stdout.isTTY = false;
    try {
      await newModel().fit(data, { callbacks: [progressBar()] });
    } finally {
      process.stdout.isTTY = isTTY;
    }
    expect(write.mock.calls.map(([text]) => text)).toEqual([expect.stringMatching(/^epoch 1\/1 {2}.*\n$/)]);
  });
});

/** Plays training to a bar: the moments of an epoch, with a clock of its own. */
const play = (bar: Callback, batches: number | undefined, epochs = 1) => {
  const event = { model: newModel() as Sequential<string>, epochs, batches, history: {} };
  return {
    begin: (epoch = 0) => {
      if (epoch === 0) bar.onTrainBegin?.(event);
      bar.onEpochBegin?.({ ...event, epoch });
    },
    batch: (batch: number, milliseconds: number, epoch = 0) => {
      vi.advanceTimersByTime(milliseconds);
      bar.onBatchEnd?.({ ...event, epoch, batch, rows: 32 * (batch + 1), logs: { loss: 1 / (batch + 3) } });
    },
    end: (epoch = 0) => void bar.onEpochEnd?.({ ...event, epoch, rows: 96, logs: { loss: 0.25 } }),
    endTraining: () => void bar.onTrainEnd?.(event),
  };
};

describe("on a terminal", () => {
  beforeEach(() => void vi.useFakeTimers());

  it("shows a bar with batches, time to come and numbers, and leaves a line an epoch", () => {
    const screen = new Screen();
    const training = play(progressBar({ stream: screen }), 100, 2);
    training.begin();
    expect(screen.lines).toEqual([`epoch 1/2 ${"─".repeat(30)} 0/100`]);
    for (let batch = 0; batch < 50; batch++) training.batch(batch, 100);
    vi.advanceTimersByTime(100);
    expect(screen.lines).toEqual([
      `epoch 1/2 ${"━".repeat(15)}${"─".repeat(15)} 50/100  ETA 5 s  loss 0.01923  320 examples/s`,
    ]);
    for (let batch = 50; batch < 100; batch++) training.batch(batch, 100);
    vi.advanceTimersByTime(100);
    expect(screen.lines[0]).toBe(
      `epoch 1/2 ${"━".repeat(30)} 100/100  ETA 0 s  loss 0.009804  317 examples/s`,
    );
    training.end();
    expect(screen.lines).toEqual(["epoch 1/2  10.2 s  loss 0.2500  317 examples/s", ""]);
    training.begin(1);
    vi.advanceTimersByTime(75_000);
    training.end(1);
    training.endTraining();
    expect(screen.lines).toEqual([
      "epoch 1/2  10.2 s  loss 0.2500  317 examples/s",
      "epoch 2/2  1 min 15 s  loss 0.2500",
      "",
    ]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("draws at most 12 times a second, and nothing while nothing changes", () => {
    const screen = new Screen();
    const training = play(progressBar({ stream: screen }), 10_000);
    const drawn = () => screen.written.filter((text) => text.startsWith("epoch")).length;
    training.begin();
    for (let batch = 0; batch < 2000; batch++) training.batch(batch, 1);
    expect(drawn()).toBeGreaterThanOrEqual(18);
    expect(drawn()).toBeLessThanOrEqual(25);
    const before = drawn();
    vi.advanceTimersByTime(60_000);
    expect(drawn() - before).toBeLessThanOrEqual(1);
  });

  it("draws no bar for epochs that are over at once", () => {
    const screen = new Screen();
    const training = play(progressBar({ stream: screen }), 1, 1000);
    for (let epoch = 0; epoch < 1000; epoch++) {
      training.begin(epoch);
      training.batch(0, 0, epoch);
      training.end(epoch);
    }
    expect(screen.written.filter((text) => text.includes("─"))).toHaveLength(1);
    expect(screen.lines).toHaveLength(1001);
  });

  it("counts batches whose number is unknown, and takes that of the first epoch for the second", () => {
    const screen = new Screen();
    const training = play(progressBar({ stream: screen }), undefined, 2);
    training.begin();
    for (let batch = 0; batch < 20; batch++) training.batch(batch, 100);
    vi.advanceTimersByTime(100);
    expect(screen.lines).toEqual(["epoch 1/2  20 batches  loss 0.04545  320 examples/s"]);
    training.end();
    training.begin(1);
    for (let batch = 0; batch < 10; batch++) training.batch(batch, 100, 1);
    vi.advanceTimersByTime(100);
    expect(screen.lines[1]).toBe(
      `epoch 2/2 ${"━".repeat(15)}${"─".repeat(15)} 10/20  ETA 1 s  loss 0.08333  320 examples/s`,
    );
    for (let batch = 10; batch < 30; batch++) training.batch(batch, 100, 1);
    vi.advanceTimersByTime(100);
    expect(screen.lines[1]).toMatch(/^epoch 2\/2 {2}30 batches {2}loss 0\.03125 {2}3\d\d examples\/s$/);
  });

  it.each([60, 50, 40, 30, 20, 5])("stays on one line of %i columns", (columns) => {
    const screen = new Screen(columns);
    const training = play(progressBar({ stream: screen }), 100);
    training.begin();
    // The screen throws if a line is too wide.
    for (let batch = 0; batch < 100; batch++) training.batch(batch, 100);
    expect(screen.lines).toHaveLength(1);
    expect(screen.lines[0]).toMatch(/^epoch/);
  });

  it("shortens the bar before it cuts anything else", () => {
    const screen = new Screen(60);
    const training = play(progressBar({ stream: screen }), 100);
    training.begin();
    for (let batch = 0; batch < 50; batch++) training.batch(batch, 100);
    vi.advanceTimersByTime(100);
    expect(screen.lines[0]).toMatch(/^epoch 1\/1 ━{8,10}─{8,10} 50\/100 {2}ETA 5 s {2}loss 0\.01923$/);
  });

  it("counts the examples of an epoch that is resumed from where it was", () => {
    const screen = new Screen();
    const training = play(progressBar({ stream: screen }), 100);
    training.begin();
    for (let batch = 60; batch < 100; batch++) training.batch(batch, 50);
    training.end();
    expect(screen.lines[0]).toMatch(/ {2}640 examples\/s$/);
  });

  it("writes no colors", () => {
    const screen = new Screen();
    const training = play(progressBar({ stream: screen }), 10);
    training.begin();
    for (let batch = 0; batch < 10; batch++) training.batch(batch, 100);
    training.end();
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colors begin with one
    expect(screen.written.join("")).not.toMatch(/\x1b\[[\d;]*m/);
  });

  it("leaves Ctrl-C to the program", () => {
    const before = process.listenerCount("SIGINT");
    const training = play(progressBar({ stream: new Screen() }), 100);
    training.begin();
    expect(process.listenerCount("SIGINT")).toBe(before);
    training.endTraining();
  });

  it("keeps what the program prints meanwhile", () => {
    const screen = new Screen();
    const training = play(progressBar({ stream: screen }), 10);
    training.begin();
    training.batch(0, 100);
    screen.write("\nmine\n");
    training.batch(1, 100);
    training.end();
    expect(screen.lines.slice(1)).toEqual(["mine", "epoch 1/1  200 ms  loss 0.2500  320 examples/s", ""]);
  });

  it("ends with a whole line and no timer when training is ended from outside", () => {
    const screen = new Screen();
    const training = play(progressBar({ stream: screen }), 10);
    training.begin();
    training.batch(0, 100);
    training.endTraining();
    expect(screen.lines).toEqual(["epoch 1/1  stopped after 1 of 10 batches", ""]);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("training that fails on a terminal", () => {
  it.each<[string, (model: ReturnType<typeof newModel>, bar: Callback) => Promise<unknown>, RegExp]>([
    [
      "by an error of a callback",
      (model, bar) => {
        const failing = () => {
          throw new Error("mine");
        };
        return model.fit(data, { batchSize: 8, callbacks: [{ onBatchEnd: failing }, bar] });
      },
      /stopped after 0 of 5 batches/,
    ],
    [
      "by an abort",
      (model, bar) => {
        const controller = new AbortController();
        const aborting = { onBatchEnd: () => controller.abort() };
        return model.fit(data, { batchSize: 8, signal: controller.signal, callbacks: [bar, aborting] });
      },
      /stopped after 1 of 5 batches/,
    ],
    [
      "by numbers that are no longer finite",
      (model, bar) => {
        const spoiling = { onBatchEnd: () => model.parameters[0].value.set(0, 0, Number.NaN) };
        return model.fit(data, { batchSize: 8, callbacks: [bar, spoiling] });
      },
      /stopped after 1 of 5 batches/,
    ],
    [
      "by data that end in an error",
      (model, bar) => {
        const stream = {
          *[Symbol.iterator]() {
            yield data;
            throw new Error("mine");
          },
        };
        return model.fit(stream, { callbacks: [bar] });
      },
      /stopped after 1 batches/,
    ],
  ])("%s leaves a whole line, no timer and the cursor", async (_, train, expected) => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const screen = new Screen();
    await expect(train(newModel(), progressBar({ stream: screen }))).rejects.toThrow();
    expect(vi.getTimerCount()).toBe(0);
    // The screen throws at sequences that hide the cursor or change other settings.
    expect(screen.lines).toEqual([expect.stringMatching(expected), ""]);
  });
});

it.each<[string, () => unknown, RegExp]>([
  [
    "an unknown option",
    () => progressBar({ steam: process.stdout } as never),
    /"steam"\. Did you mean "stream"\?/,
  ],
  [
    "a stream that is none",
    () => progressBar({ stream: "stdout" as never }),
    /`stream` to be a stream such as process\.stderr, but got "stdout"/,
  ],
])("refuses %s", (_, make, expected) => {
  expect(make).toThrow(expected);
});
