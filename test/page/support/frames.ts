import type { Browser, Page } from "playwright-core";
import { watchTasks } from "./tasks.js";

/** What a page did to its frames, in milliseconds. */
export interface Frames {
  /** How long the longest task of the main thread worked. */
  readonly longestTask: number;
  /** The longest by the clock, of those that the browser counts as long, which is from 50 ms on; 0 if there was none. */
  readonly longestByClock: number;
  /** From each frame to the next. */
  readonly intervals: readonly number[];
}

/** Watches from now on. */
export async function watchFrames(browser: Browser, page: Page): Promise<{ end(): Promise<Frames> }> {
  const work = await watchTasks(browser, page);
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
        return { longestByClock: Math.max(0, ...tasks), intervals };
      },
    };
  });
  return {
    async end() {
      const frames = await handle.evaluate((watch) => watch.end());
      await handle.dispose();
      return { ...frames, longestTask: await work.end() };
    },
  };
}

/** The quantiles of the intervals, and the longest task. */
export function describeFrames({ intervals, longestTask, longestByClock }: Frames): string {
  const sorted = [...intervals].sort((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN).toFixed(1);
  const clock =
    longestByClock === 0 ? "none of 50 ms by the clock" : `${longestByClock.toFixed(0)} ms by the clock`;
  const frames = `${sorted.length} frame intervals, median ${at(0.5)} ms, 95 % ${at(0.95)} ms, longest ${at(1)} ms`;
  return `${frames}; longest task ${longestTask.toFixed(1)} ms of work, ${clock}`;
}
