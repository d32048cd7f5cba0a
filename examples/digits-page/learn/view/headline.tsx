import { useEffect, useRef, useState } from "preact/hooks";
import type { RunState } from "../training/run-state.js";
import { share } from "../training/share.js";

export interface HeadlineProps {
  readonly runs: readonly { readonly name: string; readonly state: RunState }[];
  /** What is read or told apart, after the share. */
  readonly of: string;
  /** What it says before anything was learned. */
  readonly chance: string;
}

/** How often to say it to those who listen, in milliseconds. */
const SAID_EVERY = 10_000;

/** How good the networks are now. */
export function Headline({ runs, of, chance }: HeadlineProps) {
  const problems = runs.filter(({ state }) => state.problem !== undefined);
  const hasBegun = runs.some(({ state }) => (state.history.at(-1)?.steps ?? 0) > 0);
  const isRunning = runs.some(({ state }) => state.isRunning);
  const good = ({ history }: RunState) => share(history.at(-1)?.accuracy ?? 0);
  const names = runs.map(({ name, state }) => `${name || "It"}: ${good(state)}`);
  const said = useSaid(hasBegun ? `${names.join(", ")} ${of}` : "", isRunning);
  return (
    <>
      <p class="headline">
        {!runs.every(({ state }) => state.history.length > 0) ? (
          <span class="soft">A network is made …</span>
        ) : (
          <>
            {runs.map(({ name, state }) => (
              <span key={name}>
                <span class="soft">{name || "It gets"}</span> <strong>{good(state)}</strong>{" "}
              </span>
            ))}
            <span class="soft">
              {of}
              {hasBegun ? "" : chance}
            </span>
          </>
        )}
      </p>
      {problems.map(({ name, state }) => (
        <p key={name} role="alert">
          {name && `Run ${name}: `}
          {state.problem}
        </p>
      ))}
      <p role="status" class="hidden-text">
        {said}
      </p>
    </>
  );
}

/** The words as they were last worth saying: when training pauses, and now and then while it goes on. */
function useSaid(words: string, isRunning: boolean): string {
  const [said, setSaid] = useState("");
  const latest = useRef(words);
  latest.current = words;
  useEffect(() => {
    const say = () => setSaid(latest.current);
    const timer = isRunning ? setInterval(say, SAID_EVERY) : setTimeout(say, 500);
    return () => clearInterval(timer);
  }, [isRunning]);
  return said;
}
