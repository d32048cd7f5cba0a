import type { Callback, EpochEvent } from "../model/callbacks.js";
import { checkOptions, optional, type Rule } from "../options.js";
import { Speed } from "./speed.js";
import { duration, FRAMES, type TextStream, terminalBar } from "./terminal-bar.js";

export interface ProgressBarOptions {
  /** Where to write. Default: process.stdout, so that a log holds all lines in order. */
  stream?: TextStream;
}

const writable: Rule = {
  expected: "a stream such as process.stderr",
  accepts: (v) => typeof v === "object" && v !== null && "write" in v && typeof v.write === "function",
};

/**
 * Prints a line an epoch: its time, loss, metrics, and the examples that were trained on a second. While an epoch runs, a
 * terminal shows a bar in its place, with batches done, the estimated time to come, and the running means. It writes no
 * colors, and where there is no terminal nothing but lines.
 */
export function progressBar(options: ProgressBarOptions = {}): Callback {
  checkOptions("progressBar", options, { stream: optional(writable) });
  const { stream = process.stdout } = options;
  // A dumb terminal cannot go back to the start of a line.
  const bar = stream.isTTY === true && process.env.TERM !== "dumb" ? terminalBar(stream) : undefined;
  let running:
    | { readonly name: string; readonly began: number; readonly speed: Speed; done: number }
    | undefined;
  let total: number | undefined; // batches an epoch, where they are known
  let drawn = Number.NEGATIVE_INFINITY; // when, in milliseconds

  const draw = (logs: Readonly<Record<string, number>>) => {
    const now = performance.now();
    if (bar === undefined || running === undefined || now - drawn < 1000 / FRAMES) return;
    drawn = now;
    const texts = { before: running.name, after: numbers(logs), rate: rate(running.speed) };
    if (bar.isActive) bar.update(running.done, texts);
    else bar.start(total ?? 0, running.done, texts);
  };
  const end = (text: string) => {
    bar?.stop();
    stream.write(`${text}\n`);
    running = undefined;
  };

  return {
    firstRankOnly: true,
    onTrainBegin({ batches }) {
      total = batches;
    },
    onEpochBegin(event) {
      running = { name: nameOf(event), began: performance.now(), speed: new Speed(), done: 0 };
      draw({});
    },
    onBatchEnd({ batch, rows, logs }) {
      if (running === undefined) return;
      running.done = batch + 1;
      running.speed.add(batch, rows);
      draw(logs);
    },
    onEpochEnd({ batches, logs }) {
      if (running === undefined) return;
      // The next epoch of a stream of unknown length will be about as long as this one.
      total = batches ?? running.done;
      const time = duration((performance.now() - running.began) / 1000);
      end([running.name, time, numbers(logs), ...rate(running.speed)].join("  "));
    },
    onTrainEnd() {
      if (running === undefined) return;
      const of = total === undefined ? "" : ` of ${total}`;
      end(`${running.name}  stopped after ${running.done}${of} batches`);
    },
  };
}

/** `epoch  3/10` */
function nameOf({ epoch, epochs }: EpochEvent): string {
  return `epoch ${String(epoch + 1).padStart(String(epochs).length)}/${epochs}`;
}

/** `loss 0.3124  accuracy 0.9061`, with 4 significant digits */
function numbers(logs: Readonly<Record<string, number>>): string {
  return Object.entries(logs)
    .map(([name, value]) => `${name} ${value.toPrecision(4)}`)
    .join("  ");
}

/** `41,200 examples/s`, with 3 significant digits; nothing before the first batch. */
function rate({ perSecond }: Speed): string[] {
  if (perSecond === undefined) return [];
  return [`${Number(perSecond.toPrecision(3)).toLocaleString("en-US")} examples/s`];
}
