import { useEffect, useState } from "preact/hooks";
import type { Clock } from "../clock.js";
import type { Stop } from "../step/timeline.js";

/** The stop that the playhead has reached, and whether it runs: told when they change, not at every frame. */
export function useMoment(
  clock: Clock,
  watch: (moved: () => void) => () => void,
  stops: readonly Stop[],
): { stop: number; isPlaying: boolean } {
  const [stop, setStop] = useState(0);
  const [isPlaying, setPlaying] = useState(false);
  useEffect(() => {
    const moved = () => {
      // On its way to a stop, the text is already about that stop.
      setStop(Math.min(stops.length - 1, Math.ceil(clock.position - 0.05)));
      setPlaying(clock.isPlaying);
    };
    moved();
    return watch(moved);
  }, [clock, watch, stops]);
  return { stop, isPlaying };
}
