import { useEffect, useRef } from "preact/hooks";
import { palette } from "../../shell/theme.js";
import { coloursOf } from "../../think/draw/colours.js";
import { drawPicture } from "../../think/draw/picture.js";
import { number, percent, wordOf } from "../../think/format.js";
import type { Looked } from "../training/protocol.js";

export interface LookedProps {
  readonly name: string;
  readonly looked: Looked;
}

/** The example that was just learned from, and what it did to the answer. */
export function LookedAt({ name, looked }: LookedProps) {
  const { x, label, before, after, loss, gathered, of } = looked;
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    const { inked } = coloursOf(palette());
    if (context) drawPicture(context, x, { x: 0, y: 0, side: 28 }, inked);
  }, [x]);
  const best = before.indexOf(Math.max(...before));
  const left = of - gathered;
  return (
    <div class="looked">
      <canvas ref={canvas} width={28} height={28} role="img" aria-label={named(label)} />
      <div>
        <p>
          {name && `Run ${name}: `}
          {of === 1
            ? "One example is a step"
            : `Example ${gathered} of ${of.toLocaleString("en")} of this step`}
          . It is <b>{named(label)}</b>, read as {best === label ? "such" : named(best)} with{" "}
          {percent(before[best])}; the loss is {number(loss)}.{" "}
          {after === undefined
            ? `Its gradient is kept. The weights move when ${left.toLocaleString("en")} more ${left === 1 ? "has" : "have"} been looked at.`
            : `The weights moved: the ${wordOf(label)} had ${percent(before[label])} before, and has ${percent(after[label])} now.`}
        </p>
        <Bars looked={looked} />
      </div>
    </div>
  );
}

const named = (digit: number) => `${digit === 8 ? "an" : "a"} ${wordOf(digit)}`;

/** The ten probabilities, and what became of them. */
function Bars({ looked: { before, after, label } }: { looked: Looked }) {
  const most = Math.max(...before, ...(after ?? []));
  const height = (share: number) => 1 + (39 * share) / most;
  return (
    <svg class="bars" viewBox="0 0 240 58" aria-hidden="true">
      {Array.from(before, (share, digit) => (
        <g key={digit} transform={`translate(${24 * digit} 0)`}>
          <rect class="before" x="3" width="8" y={41 - height(share)} height={height(share)} />
          {after && (
            <rect
              class="after"
              x="12"
              width="8"
              y={41 - height(after[digit])}
              height={height(after[digit])}
            />
          )}
          <text x="12" y="55" class={digit === label ? "true" : ""}>
            {digit}
          </text>
        </g>
      ))}
    </svg>
  );
}
