import type { Looked, Picture, Point, Report } from "./protocol.js";

/** What the page knows of a run. */
export interface RunState {
  readonly run: number;
  readonly status: "building" | "ready" | "failed";
  /** Whether it was told to train. */
  readonly isRunning: boolean;
  readonly problem?: string;
  readonly parameters: number;
  readonly examples: number;
  /** Examples a second, of late. */
  readonly speed: number;
  /** What was measured, from the start to now. */
  readonly history: readonly Point[];
  readonly picture?: Picture | undefined;
  readonly looked?: Looked | undefined;
}

/** More points than a chart has pixels for are thinned out. */
const MOST_POINTS = 600;

export const newRun = (run: number, before?: RunState): RunState => ({
  ...{ run, status: "building", isRunning: false, speed: 0, history: [] },
  ...{ parameters: before?.parameters ?? 0, examples: before?.examples ?? 0 },
});

/** The state after a report; what comes from a run that is over changes nothing. */
export function reduce(state: RunState, report: Report): RunState {
  if (report.run !== state.run) return state;
  switch (report.kind) {
    case "built": {
      const { parameters, examples } = report;
      return { ...state, parameters, examples };
    }
    case "progress": {
      const { point, looked } = report;
      return {
        ...state,
        status: "ready",
        speed: report.speed === undefined ? state.speed : smoothed(state.speed, report.speed),
        history: extended(state.history, point),
        picture: report.picture ?? state.picture,
        looked,
      };
    }
    case "failed":
      return { ...state, status: "failed", isRunning: false, problem: report.message };
    case "model":
      return state;
  }
}

/** A mean in which what is past fades. */
const smoothed = (speed: number, now: number) => (speed === 0 ? now : 0.8 * speed + 0.2 * now);

function extended(history: readonly Point[], point: Point): readonly Point[] {
  // Nothing was learned since: the same place of the curve.
  const before = history.at(-1)?.seen === point.seen ? history.slice(0, -1) : history;
  const kept = before.length < MOST_POINTS ? before : before.filter((_, i) => i % 2 === 0);
  return [...kept, point];
}

/** Where a run was after so many seconds of training: the last point before. */
export function at(history: readonly Point[], seconds: number): Point | undefined {
  return history.findLast((point) => point.seconds <= seconds) ?? history[0];
}
