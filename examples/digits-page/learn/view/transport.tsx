export interface TransportProps {
  readonly isRunning: boolean;
  readonly isReady: boolean;
  /** Whether a step looks at one example anyway. */
  readonly isSingle: boolean;
  start(): void;
  pause(): void;
  step(by: "example" | "update"): void;
  reset(): void;
}

/** Start and pause, a little at a time, and all over again. */
export function Transport({ isRunning, isReady, isSingle, start, pause, step, reset }: TransportProps) {
  return (
    <fieldset class="transport-learn" aria-label="Training">
      <button type="button" class="primary" disabled={!isReady} onClick={isRunning ? pause : start}>
        {isRunning ? "Pause" : "Start"}
      </button>
      <button type="button" disabled={!isReady || isRunning} onClick={() => step("example")}>
        One example
      </button>
      <button type="button" disabled={!isReady || isRunning || isSingle} onClick={() => step("update")}>
        One step
      </button>
      <button type="button" onClick={reset}>
        Reset
      </button>
    </fieldset>
  );
}
