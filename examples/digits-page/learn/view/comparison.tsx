import { compare } from "../training/compare.js";
import type { RunState } from "../training/run-state.js";
import type { Settings } from "../training/settings.js";

export interface ComparisonProps {
  readonly runs: readonly { readonly name: string; readonly state: RunState }[];
  readonly settings: readonly Settings[];
}

/** What two runs did in the same time, in words. */
export function Comparison({ runs, settings }: ComparisonProps) {
  const [a, b] = runs.map(({ name, state }, i) => ({
    ...{ name, settings: settings[i], history: state.history, examples: state.examples },
  }));
  if (b === undefined) return null;
  const texts = compare(a, b);
  if (texts.length === 0) return null;
  return (
    <article class="comparison">
      {texts.map((text, i) => (
        <p key={i}>{text}</p>
      ))}
    </article>
  );
}
