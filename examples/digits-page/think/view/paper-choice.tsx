import { PENS } from "../pen.js";
import type { Paper, State } from "../state.js";
import { Pad } from "./pad.js";

export interface PaperChoiceProps {
  readonly state: State;
  readonly pixels: Float32Array | undefined;
  /** Puts something else on the paper; `done` says whether the pen has left it. */
  lay(paper: Paper, done: boolean): void;
  choosePen(width: number): void;
}

/** The paper, and digits of the test set to put on it. */
export function PaperChoice({ state: { paper, pen, digits }, pixels, lay, choosePen }: PaperChoiceProps) {
  const index = paper.kind === "test" ? paper.index : -1;
  const count = digits?.count ?? 0;
  const take = (next: number) => lay({ kind: "test", index: (next + count) % count }, true);
  return (
    <div class="paper">
      <Pad
        strokes={paper.kind === "drawn" ? paper.strokes : []}
        pen={pen}
        picture={paper.kind === "test" ? pixels : undefined}
        drawn={(strokes, done) => lay({ kind: "drawn", strokes }, done)}
      />
      <p class="soft hint">Draw a digit: mouse, pen or finger.</p>
      <label class="pen">
        <span class="soft">Pen</span>
        <input
          type="range"
          name="pen"
          {...PENS}
          step={0.001}
          value={pen}
          onInput={({ currentTarget }) => choosePen(Number(currentTarget.value))}
        />
      </label>
      <button type="button" onClick={() => lay({ kind: "drawn", strokes: [] }, true)}>
        Clear
      </button>
      <fieldset class="test-digits" disabled={count === 0}>
        <legend class="soft">{index < 0 ? "Test digits" : `Test digit ${index + 1} of ${count}`}</legend>
        <button type="button" aria-label="Test digit before" onClick={() => take(index < 0 ? 0 : index - 1)}>
          ←
        </button>
        <button type="button" aria-label="Next test digit" onClick={() => take(index + 1)}>
          →
        </button>
      </fieldset>
    </div>
  );
}
