import { type GenericFormatter, SingleBar } from "cli-progress";

/** Where text goes: `process.stderr`, `process.stdout`, or anything like them. */
export interface TextStream {
  /** Whether it is a terminal. */
  readonly isTTY?: boolean;
  /** How wide the terminal is, in characters. */
  readonly columns?: number;
  write(text: string): unknown;
}

/** What the bar shows beside itself. */
export interface BarTexts {
  readonly before: string;
  readonly after: string;
  /** Left out where there is no room for it. */
  readonly rate: readonly string[];
}

/** How often the bar is drawn at most, each second. */
export const FRAMES = 12;

/** How long a bar is at least, before there is room for the rate. */
const SHORT = 16;

/** A bar on a line of a terminal that is gone when it stops. It changes no setting of the terminal, so none is left behind. */
export function terminalBar(stream: TextStream): SingleBar {
  return new SingleBar({
    stream: withoutJumps(stream) as NodeJS.WritableStream,
    format,
    fps: FRAMES,
    etaBuffer: 5 * FRAMES,
    clearOnComplete: true,
    // Cuts lines to the terminal's width, where false would switch off its wrapping and null is taken for false.
    linewrap: true,
    // Its handlers would keep Ctrl-C from ending the program.
    gracefulExit: false,
  });
}

/**
 * The terminal, but that it does not remember and go back to a place: when a bar stops it would go back to where it started,
 * and what the program printed meanwhile would be overwritten.
 */
function withoutJumps(stream: TextStream): TextStream {
  return {
    isTTY: true,
    get columns() {
      return stream.columns ?? 80;
    },
    write: (text) => text === "\x1b7" || text === "\x1b8" || stream.write(text),
  };
}

/** `epoch 2/5 ━━━━━━━━──── 1024/1688  ETA 3 s  loss 0.3124`; without a total no bar, and on a narrow terminal a short one, or none. */
const format: GenericFormatter = (
  _,
  { value, total, eta, progress, maxWidth },
  { before, after, rate }: BarTexts,
) => {
  const withRate = (text: string) => {
    const whole = [text, ...rate].join("  ");
    return before.length + whole.length + 3 + SHORT <= maxWidth ? whole : text;
  };
  if (total === 0 || value > total) return `${before}  ${withRate(`${value} batches  ${after}`)}`;
  const time = typeof eta === "number" && value > 0 ? `  ETA ${duration(eta)}` : "";
  const text = withRate(`${value}/${total}${time}  ${after}`);
  const width = Math.min(30, maxWidth - before.length - text.length - 3);
  if (width < 6) return `${before}  ${text}`;
  const full = Math.round(progress * width);
  return `${before} ${"━".repeat(full)}${"─".repeat(width - full)} ${text}`;
};

/** 0.05 → `50 ms`, 3 → `3 s`, 3.01 → `3.0 s`, 125 → `2 min 5 s` */
export function duration(seconds: number): string {
  if (seconds > 0 && seconds < 0.9995) return `${Math.round(1000 * seconds)} ms`;
  if (seconds < 59.95) return `${seconds.toFixed(Number.isInteger(seconds) ? 0 : 1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
