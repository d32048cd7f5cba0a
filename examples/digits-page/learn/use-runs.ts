import { useEffect, useLayoutEffect, useMemo, useState } from "preact/hooks";
import type { TaskSettings } from "./training/protocol.js";
import { Run } from "./training/run.js";
import type { Settings } from "./training/settings.js";

/** A run for each of the settings, as long as they are there; the component is drawn anew when one of them changes. */
export function useRuns(
  settings: readonly Settings[],
  task: TaskSettings,
): { runs: readonly Run[]; show: (isShown: boolean) => void } {
  const [, draw] = useState(0);
  const kept = useMemo(() => new Runs(() => draw((times) => times + 1)), []);
  kept.resize(settings.length);
  const wanted = JSON.stringify([settings, task]);
  // Before the page is drawn: a step that is asked for next is one of the new network.
  useLayoutEffect(() => {
    for (const [i, run] of kept.runs.entries()) run.apply(settings[i], task);
  }, [wanted]);
  useEffect(() => () => kept.resize(0), []);
  return { runs: kept.runs, show: (isShown) => kept.show(isShown) };
}

/** Runs that come and go, and are drawn while one looks at them. */
class Runs {
  runs: readonly Run[] = [];
  private isShown = true;
  private isDue = false;

  constructor(private readonly draw: () => void) {}

  resize(count: number): void {
    for (const run of this.runs.slice(count)) run.close();
    const more = Math.max(0, count - this.runs.length);
    if (more === 0 && count === this.runs.length) return;
    const added = Array.from({ length: more }, () => new Run(() => this.changed()));
    this.runs = [...this.runs.slice(0, count), ...added];
  }

  show(isShown: boolean): void {
    this.isShown = isShown;
    if (isShown) this.draw();
  }

  /** Several changes before the next frame are drawn once. */
  private changed(): void {
    if (!this.isShown || this.isDue) return;
    this.isDue = true;
    requestAnimationFrame(() => {
      this.isDue = false;
      this.draw();
    });
  }
}
