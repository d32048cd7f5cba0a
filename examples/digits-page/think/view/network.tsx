import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { onPalette } from "../../shell/theme.js";
import type { Clock } from "../clock.js";
import { type Colours, coloursOf } from "../draw/colours.js";
import { layoutOf, unitNear } from "../draw/layout.js";
import { drawScene } from "../draw/scene.js";
import type { Step } from "../step/step.js";
import { touching } from "../step/touching.js";
import { type Place, unitOf } from "../step/unit.js";
import { Card } from "./card.js";
import { nextPlace } from "./walk.js";

export interface NetworkProps {
  readonly step: Step;
  readonly clock: Clock;
  /** Gives a function to call whenever the clock moved; returns what ends that. */
  watch(moved: () => void): () => void;
  readonly place: Place | undefined;
  choose(place: Place | undefined): void;
}

/** The network as a picture. Units can be pointed at, or walked through with the arrow keys. */
export function Network({ step, clock, watch, place, choose }: NetworkProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const width = useWidth(canvas);
  const colours = useColours();
  const sizes = step.stages.map(({ a }) => a.length).join();
  const layout = useMemo(() => layoutOf(sizes.split(",").map(Number), width), [sizes, width]);
  const focus = useMemo(() => place && { place, touching: touching(step, place) }, [step, place]);

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d");
    if (!element || !context || colours === undefined) return;
    const ratio = Math.min(2, devicePixelRatio);
    [element.width, element.height] = [layout.width * ratio, layout.height * ratio];
    element.style.height = `${layout.height}px`;
    const draw = () => {
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      drawScene(context, { step, layout, colours, playhead: clock.position, focus });
    };
    draw();
    return watch(draw);
  }, [step, layout, colours, focus, clock, watch]);

  const point = (event: PointerEvent) => {
    const found = unitNear(layout, event.offsetX, event.offsetY);
    if (found?.stage !== place?.stage || found?.unit !== place?.unit) choose(found);
  };
  const walk = (event: KeyboardEvent) => {
    const next = event.key === "Escape" ? undefined : nextPlace(layout, place, event.key);
    if (next === undefined && event.key !== "Escape") return;
    event.preventDefault();
    choose(next);
  };

  return (
    <div class="network">
      {/* biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: a canvas is nothing by itself; it takes keys */}
      <canvas
        ref={canvas}
        tabIndex={0}
        role="application"
        aria-label="The network. Arrow keys go from unit to unit, Escape leaves them."
        aria-describedby="unit-card"
        onPointerMove={point}
        onPointerDown={point}
        onPointerLeave={(event) => event.pointerType === "mouse" && choose(undefined)}
        onKeyDown={walk}
      />
      <p class="legend soft" aria-hidden="true">
        <span class="plus">above 0</span> <span class="minus">below 0</span>{" "}
        <span class="ring">gradient</span>
      </p>
      <div id="unit-card" aria-live="polite">
        {place && <Card unit={unitOf(step, place)} step={step} layout={layout} colours={colours} />}
      </div>
    </div>
  );
}

function useWidth(element: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(800);
  useEffect(() => {
    if (element.current === null) return;
    const observer = new ResizeObserver(([entry]) => {
      // A tab that is not open has no width.
      if (entry.contentRect.width > 0) setWidth(Math.round(entry.contentRect.width));
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return width;
}

function useColours(): Colours | undefined {
  const [colours, setColours] = useState<Colours>();
  useEffect(() => onPalette((palette) => setColours(coloursOf(palette))), []);
  return colours;
}
