import type { Browser, Page } from "playwright-core";

/** An event of Chromium's trace, as far as it is looked at. */
interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** The time that a thread worked on it, without what it waited for a core, in microseconds. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/**
 * Watches the tasks of a page's main thread: how long the longest one took in milliseconds of work. By the clock a short task is a
 * long one when another program has the core in the midst of it.
 */
export async function watchTasks(browser: Browser, page: Page): Promise<{ end(): Promise<number> }> {
  await browser.startTracing(page, { categories: ["disabled-by-default-devtools.timeline"] });
  return {
    async end() {
      const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as {
        traceEvents: readonly TraceEvent[];
      };
      const place = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;
      const isMain = ({ name, args }: TraceEvent) =>
        name === "thread_name" && args?.name === "CrRendererMain";
      const main = new Set(traceEvents.filter(isMain).map(place));
      const tasks = traceEvents.filter((event) => event.name === "RunTask" && main.has(place(event)));
      if (tasks.length === 0) throw new Error("The trace has no task of the page.");
      return tasks.reduce((longest, { tdur = 0 }) => Math.max(longest, tdur / 1000), 0);
    },
  };
}
