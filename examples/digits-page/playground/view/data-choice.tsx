import { useEffect, useMemo, useRef } from "preact/hooks";
import type { Colours } from "../../think/draw/colours.js";
import { EXTENT, type PlaneSettings, type Shape, shapes } from "../data/plane.js";
import { pointsOf } from "../data/points.js";

export interface DataChoiceProps {
  readonly settings: PlaneSettings;
  readonly colours: Colours;
  change(part: Partial<PlaneSettings>): void;
}

/** The points: their shape, their noise, and others like them. */
export function DataChoice({ settings, colours, change }: DataChoiceProps) {
  const { shape, noise, pointSeed } = settings;
  return (
    <fieldset class="data">
      <legend>Points</legend>
      <div class="shapes">
        {shapes.map(({ name, label }) => (
          <label key={name}>
            <input
              type="radio"
              name="shape"
              value={name}
              checked={shape === name}
              onChange={() => change({ shape: name })}
            />
            <span>
              <Thumbnail shape={name} colours={colours} />
              {label}
            </span>
          </label>
        ))}
      </div>
      <label class="noise">
        <span>Noise {Math.round(100 * noise)} %</span>
        <input
          type="range"
          min={0}
          max={1}
          step={0.05}
          value={noise}
          onChange={({ currentTarget }) => change({ noise: currentTarget.valueAsNumber })}
        />
      </label>
      <button type="button" onClick={() => change({ pointSeed: pointSeed + 1 })}>
        Other points
      </button>
    </fieldset>
  );
}

function Thumbnail({ shape, colours }: { shape: Shape; colours: Colours }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const points = useMemo(() => pointsOf({ shape, noise: 0.05, pointSeed: 0 }), [shape]);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    const size = context.canvas.width;
    context.clearRect(0, 0, size, size);
    const across = (place: number) => (size * (place / EXTENT + 1)) / 2;
    for (let i = 0; i < 220; i++) {
      context.fillStyle = points.labels[i] === 1 ? colours.plus : colours.minus;
      context.beginPath();
      context.arc(across(points.x[i]), size - across(points.y[i]), 2.6, 0, 2 * Math.PI);
      context.fill();
    }
  }, [points, colours]);
  return (
    <span class="small" aria-hidden="true">
      <canvas ref={canvas} width={112} height={112} />
    </span>
  );
}
