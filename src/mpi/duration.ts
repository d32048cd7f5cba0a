import { describe, fail } from "../errors.js";

const seconds = { s: 1, m: 60, h: 3600 };

/**
 * A time in seconds, given as a number of them or as text: 90, "90s", "10m", "1.5h".
 * @throws ChainruleError for anything else, and unless it is above 0
 */
export function secondsOf(who: string, name: string, value: unknown): number {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)([smh])$/.exec(String(value)) ?? [];
  const time = typeof value === "number" ? value : Number(digits) * seconds[unit as keyof typeof seconds];
  if (!(time > 0 && Number.isFinite(time))) {
    fail(who, `\`${name}\` to be seconds above 0, or a text such as "90s", "10m" or "2h"`, describe(value));
  }
  return time;
}
