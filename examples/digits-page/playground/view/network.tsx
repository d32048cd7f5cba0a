import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Picture } from "../../learn/training/protocol.js";
import { useDrawing } from "../../learn/view/in-turn.js";
import type { Colours } from "../../think/draw/colours.js";
import { FEATURE_SIDE, featureMaps, unitOf } from "../data/maps.js";
import { type FeatureName, features } from "../data/plane.js";
import type { Place } from "../data/shown.js";
import { drawEdges } from "../draw/edges.js";
import { type Ends, endsIn } from "../draw/ends.js";
import { UnitMap } from "./map.js";
import { More } from "./more.js";

export interface NetworkProps {
  readonly chosen: readonly FeatureName[];
  readonly hidden: readonly number[];
  readonly picture: (Picture & { kind: "plane" }) | undefined;
  readonly colours: Colours;
  readonly marked: Place | undefined;
  mark(place: Place | undefined): void;
  chooseFeatures(chosen: readonly FeatureName[]): void;
  chooseHidden(hidden: readonly number[]): void;
  /** The answer over the whole plane, to which the last lines lead. */
  readonly children: ComponentChildren;
}

const maps = featureMaps();
const MOST_UNITS = 8;
const MOST_LAYERS = 4;

/** The network as what each unit makes of the plane, and the weights between them as lines. */
export function Network(props: NetworkProps) {
  const { chosen, hidden, picture, colours, marked, mark, chooseFeatures, chooseHidden, children } = props;
  const root = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [columns, setColumns] = useState<readonly (readonly Ends[])[]>([]);
  const structure = JSON.stringify([chosen, hidden]);

  useLayoutEffect(() => {
    const parent = root.current;
    if (parent === null) return;
    const sizes = new ResizeObserver(() => setColumns(endsIn(parent, canvas.current)));
    sizes.observe(parent);
    setColumns(endsIn(parent, canvas.current));
    return () => sizes.disconnect();
  }, [structure]);
  useDrawing(() => {
    if (canvas.current && picture) drawEdges(canvas.current, columns, picture.weights, colours, marked);
  }, [columns, picture, colours, marked]);

  const marking = (place: Place) => ({
    onPointerEnter: () => mark(place),
    onPointerLeave: () => mark(undefined),
    onFocus: () => mark(place),
    onBlur: () => mark(undefined),
  });
  const toggle = (name: FeatureName) => {
    const next = features
      .map((feature) => feature.name)
      .filter((other) => chosen.includes(other) !== (other === name));
    if (next.length > 0) chooseFeatures(next);
  };

  return (
    <div class="plane-network" ref={root}>
      <div aria-hidden="true" class="lines">
        <canvas ref={canvas} />
      </div>
      <fieldset class="column features">
        <legend>Features</legend>
        {features.map(({ name, label }, i) => {
          const at = chosen.indexOf(name);
          return (
            <button
              key={name}
              type="button"
              class="unit"
              aria-pressed={at >= 0}
              aria-label={`Feature ${label}`}
              data-column={at >= 0 ? 0 : undefined}
              onClick={() => toggle(name)}
              {...(at >= 0 ? marking({ column: 0, unit: at }) : {})}
            >
              <span class="label">{label}</span>
              <UnitMap values={maps[i]} side={FEATURE_SIDE} colours={colours} />
            </button>
          );
        })}
      </fieldset>
      {hidden.map((units, layer) => (
        <fieldset class="column" key={layer}>
          <legend>
            <More
              what={`unit of hidden layer ${layer + 1}`}
              count={units}
              least={1}
              most={MOST_UNITS}
              choose={(next) => chooseHidden(hidden.with(layer, next))}
            />
          </legend>
          {Array.from({ length: units }, (_, unit) => (
            <button
              key={unit}
              type="button"
              class="unit"
              data-column={layer + 1}
              aria-label={`Unit ${unit + 1} of hidden layer ${layer + 1}: show what it makes of the plane`}
              {...marking({ column: layer + 1, unit })}
            >
              <UnitMap
                values={unitOf(picture, layer, unit)}
                side={picture?.unitSide ?? 0}
                colours={colours}
              />
            </button>
          ))}
        </fieldset>
      ))}
      <div class="column answer">
        <div class="more-layers">
          <More
            what="hidden layer"
            count={hidden.length}
            least={0}
            most={MOST_LAYERS}
            choose={(next) =>
              chooseHidden(next < hidden.length ? hidden.slice(0, next) : [...hidden, hidden.at(-1) ?? 4])
            }
          />{" "}
          <span class="soft">{hidden.length === 1 ? "hidden layer" : "hidden layers"}</span>
        </div>
        <div data-column={hidden.length + 1}>{children}</div>
      </div>
    </div>
  );
}
