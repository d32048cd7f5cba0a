import { useEffect, useRef } from "preact/hooks";
import type { Clock } from "../clock.js";
import type { Step } from "../step/step.js";
import { forwardEnd, type Stop } from "../step/timeline.js";
import { layerName } from "./names.js";

export interface TransportProps {
  readonly step: Step;
  readonly stops: readonly Stop[];
  /** The stop that is shown. */
  readonly now: number;
  readonly clock: Clock;
  readonly isPlaying: boolean;
  watch(moved: () => void): () => void;
}

/** Play, pause, one layer on or back, any moment, and how fast. */
export function Transport({ step, stops, now, clock, isPlaying, watch }: TransportProps) {
  const range = useRef<HTMLInputElement>(null);
  const end = stops.length - 1;
  const turn = forwardEnd(step.stages.length);
  useEffect(() => {
    const show = () => {
      const input = range.current;
      if (input === null) return;
      input.value = String(clock.position);
      const stop = stops[Math.min(end, Math.floor(clock.position + 0.001))];
      input.setAttribute("aria-valuetext", stopName(step, stop));
    };
    show();
    return watch(show);
  }, [clock, watch, stops, step, end]);

  const next = () => clock.play(Math.min(end, Math.floor(clock.position + 0.001) + 1));
  const before = () => clock.seek(Math.max(0, Math.ceil(clock.position - 0.001) - 1));
  const play = () => {
    if (isPlaying) return clock.pause();
    if (clock.position >= end) clock.seek(0);
    clock.play(clock.position < turn ? turn : end);
  };
  return (
    <div class="transport">
      <fieldset class="buttons" aria-label="Animation">
        <button type="button" onClick={before} aria-label="One layer before" title="One layer before">
          <Icon path="M4 3v10M13 3 6 8l7 5z" />
        </button>
        <button type="button" class="primary play" onClick={play}>
          {isPlaying ? "Pause" : "Play"}
        </button>
        <button type="button" onClick={next} aria-label="One layer on" title="One layer on">
          <Icon path="M12 3v10M3 3l7 5-7 5z" />
        </button>
        <button
          type="button"
          onClick={() => {
            clock.seek(0);
            clock.play(turn);
          }}
        >
          Forward
        </button>
        <button
          type="button"
          disabled={end <= turn}
          onClick={() => {
            clock.seek(turn);
            clock.play(end);
          }}
        >
          Step back
        </button>
        <label>
          <span class="soft">Speed</span>{" "}
          <select onChange={({ currentTarget }) => (clock.speed = Number(currentTarget.value))}>
            <option value="0.25">¼</option>
            <option value="0.5">½</option>
            <option value="1" selected>
              1
            </option>
            <option value="2">2</option>
            <option value="4">4</option>
          </select>
        </label>
      </fieldset>
      <div class="scrubber">
        <input
          ref={range}
          type="range"
          min={0}
          max={end}
          step={0.01}
          aria-label="Moment of the animation"
          onInput={({ currentTarget }) => clock.seek(Number(currentTarget.value))}
          onKeyDown={(event) => {
            const move = { ArrowRight: next, ArrowUp: next, ArrowLeft: before, ArrowDown: before }[event.key];
            if (move === undefined) return;
            event.preventDefault();
            move();
          }}
        />
        <ol aria-hidden="true">
          {stops.map((stop, i) => (
            <li key={i} class={i === now ? "now" : ""}>
              <button type="button" tabIndex={-1} title={stopName(step, stop)} onClick={() => clock.seek(i)}>
                {shortName(stop, step)}
              </button>
            </li>
          ))}
        </ol>
      </div>
    </div>
  );
}

function Icon({ path }: { path: string }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}

function stopName(step: Step, stop: Stop): string {
  switch (stop.kind) {
    case "stage":
      return `${layerName(step, stop.stage)}, forward`;
    case "gradient":
      return `${layerName(step, stop.stage)}, gradient`;
    case "byPixel":
      return "gradient by the pixels";
    default:
      return stop.kind;
  }
}

function shortName(stop: Stop, { stages }: Step): string {
  switch (stop.kind) {
    case "stage":
      return stop.stage === stages.length - 1 ? "z" : `a${stages.length > 2 ? "₁₂₃₄₅₆"[stop.stage] : ""}`;
    case "gradient":
      return stop.stage === stages.length - 1 ? "∂z" : `∂a${stages.length > 2 ? "₁₂₃₄₅₆"[stop.stage] : ""}`;
    case "pixels":
      return "x";
    case "probabilities":
      return "p";
    case "loss":
      return "L";
    case "byPixel":
      return "∂x";
  }
}
