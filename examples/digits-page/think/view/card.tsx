import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { type Colours, largest } from "../draw/colours.js";
import type { Layout } from "../draw/layout.js";
import { drawPicture } from "../draw/picture.js";
import { number, percent } from "../format.js";
import type { Step } from "../step/step.js";
import type { Unit } from "../step/unit.js";
import { nameOf } from "./names.js";

export interface CardProps {
  readonly unit: Unit;
  readonly step: Step;
  readonly layout: Layout;
  readonly colours: Colours | undefined;
}

/** Everything about one unit, beside it. */
export function Card({ unit, step, layout, colours }: CardProps) {
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    if (card.current !== null) putBeside(card.current, unit, layout);
  });
  const { stage, inputs, probability, bias, dz } = unit;
  const activation = step.stages[stage].layers.slice(1).join(", ");
  const most = Math.abs(inputs[0]?.value ?? 1);
  return (
    <article class="card" ref={card}>
      <h3>{nameOf(step, unit)}</h3>
      {stage === 0 && colours && <Pictures unit={unit} step={step} colours={colours} />}
      <dl>
        <Fact name="weighted sum and bias, z" id="z" value={unit.z} />
        {activation && <Fact name={`after ${activation}, a`} id="a" value={unit.a} />}
        {probability !== undefined && (
          <Fact name="probability, p" id="p" value={probability}>
            {percent(probability)}
          </Fact>
        )}
        {bias !== undefined && <Fact name="bias, b" id="b" value={bias} />}
        {dz !== undefined && <Fact name="gradient, ∂L/∂z = ∂L/∂b" id="dz" value={dz} />}
      </dl>
      <h4>Strongest inputs, x · w</h4>
      <ol>
        {inputs.map(({ from, value }) => (
          <li key={from}>
            <span>{stage === 0 ? pixelName(from) : `unit ${from + 1}`}</span>
            <span>
              {number(step.stages[stage].x[from])} · {number(unit.weights[from])} = <b>{number(value)}</b>
            </span>
            <Meter share={value / most} />
          </li>
        ))}
      </ol>
    </article>
  );
}

const pixelName = (pixel: number) => `pixel ${Math.floor(pixel / 28) + 1}, ${(pixel % 28) + 1}`;

function Fact(props: { name: string; id: string; value: number; children?: ComponentChildren }) {
  const { name, id, value, children } = props;
  return (
    <div>
      <dt>{name}</dt>
      <dd data-fact={id} data-value={value}>
        {children ?? number(value)}
      </dd>
    </div>
  );
}

function Meter({ share }: { share: number }) {
  return (
    <meter class={share < 0 ? "minus" : "plus"} min={0} max={1} value={Math.abs(share)} aria-hidden="true" />
  );
}

/** What a unit of the first layer looks for, and what of it this picture has. */
function Pictures({ unit, step, colours }: { unit: Unit; step: Step; colours: Colours }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { x } = step.stages[0];
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    const products = unit.weights.map((w, i) => w * x[i]);
    for (const [i, numbers] of [unit.weights, products].entries()) {
      const most = largest(numbers);
      drawPicture(context, numbers, { x: 120 * i, y: 0, side: 112 }, (w) => colours.signedRgb(w / most));
    }
  }, [unit, x, colours]);
  return (
    <figure>
      <canvas
        ref={canvas}
        width={232}
        height={112}
        role="img"
        aria-label="Its weights, and weights times pixels"
      />
      <figcaption>
        <span>its weights</span> <span>weights · pixels</span>
      </figcaption>
    </figure>
  );
}

/** On wide pages a card floats at its unit, on the side with more room; on narrow ones it stands below. */
function putBeside(card: HTMLElement, { stage, unit }: Unit, { stages, width, height, down }: Layout): void {
  if (down) {
    card.style.transform = "";
    return;
  }
  const { x, y, radius } = stages[stage];
  const right = x[unit] + radius + 14;
  const left = right + card.offsetWidth > width ? x[unit] - radius - 14 - card.offsetWidth : right;
  const top = Math.min(Math.max(0, y[unit] - card.offsetHeight / 2), Math.max(0, height - card.offsetHeight));
  card.style.transform = `translate(${Math.round(Math.max(0, left))}px, ${Math.round(top)}px)`;
}
