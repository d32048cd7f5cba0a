import type { Layout } from "../draw/layout.js";
import type { Place } from "../step/unit.js";

const directions: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};

/** The unit that an arrow key leads to: the nearest one in that direction. Undefined for other keys, and at the edge. */
export function nextPlace(
  { stages }: Pick<Layout, "stages">,
  place: Place | undefined,
  key: string,
): Place | undefined {
  const direction = directions[key];
  if (direction === undefined) return undefined;
  if (place === undefined) return { stage: 0, unit: 0 };
  const [dx, dy] = direction;
  const from = stages[place.stage];
  let best: Place | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const [stage, { x, y }] of stages.entries()) {
    for (let unit = 0; unit < x.length; unit++) {
      const [right, down] = [x[unit] - from.x[place.unit], y[unit] - from.y[place.unit]];
      const ahead = right * dx + down * dy;
      if (ahead < 0.5) continue;
      // A step to the side counts more than one ahead, so that lines are followed to their ends.
      const distance = ahead + 3 * Math.abs(right * dy) + 3 * Math.abs(down * dx);
      if (distance < least) [least, best] = [distance, { stage, unit }];
    }
  }
  return best;
}
