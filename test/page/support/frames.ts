import type { Page } from "playwright-core";

/** What a page did to its frames, in milliseconds. */
export interface Frames {
  /** The longest task that the browser counts as long, which is from 50 ms on; 0 if there was none. */
  readonly longestTask: number;
  /** From each frame to the next. */
  readonly intervals: readonly number[];
}

/** Watches from now on. */
export async function watchFrames(page: Page): Promise<{ end(): Promise<Frames> }> {
  const handle = await page.evaluateHandle(() => {
    const tasks: number[] = [];
    const intervals: number[] = [];
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) tasks.push(duration);
    });
    observer.observe({ type: "longtask" });
    let last = performance.now();
    let isOn = true;
    const frame = (now: number) => {
      if (!isOn) return;
      intervals.push(now - last);
      last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame((now) => {
      last = now;
      requestAnimationFrame(frame);
    });
    return {
      end() {
        isOn = false;
        for (const { duration } of observer.takeRecords()) tasks.push(duration);
        observer.disconnect();
        return { longestTask: Math.max(0, ...tasks), intervals };
      },
    };
  });
  return {
    async end() {
      const frames = await handle.evaluate((watch) => watch.end());
      await handle.dispose();
      return frames;
    },
  };
}

/** The quantiles of the intervals, and the longest task. */
export function describeFrames({ intervals, longestTask }: Frames): string {
  const sorted = [...intervals].sort((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN).toFixed(1);
  const task = longestTask === 0 ? "no task of 50 ms" : `longest task ${longestTask.toFixed(0)} ms`;
  return `${sorted.length} frame intervals, median ${at(0.5)} ms, 95 % ${at(0.95)} ms, longest ${at(1)} ms; ${task}`;
}
