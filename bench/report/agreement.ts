import type { ContenderResult, RaceResult } from "./results.js";

/** Relative differences that rounding alone makes, in float32 and over some steps, stay well below this. */
export const TOLERANCE = 1e-4;

export interface Agreement {
  readonly words: string;
  readonly failed: boolean;
}

/** Whom all others are compared with: the first independent library, or else the first contender. */
export function referenceOf(contenders: readonly ContenderResult[]): ContenderResult | undefined {
  const able = contenders.filter(({ check, differs }) => check !== undefined && check.length > 0 && !differs);
  return able.find(({ ours }) => !ours) ?? able[0];
}

/** Whether a contender computed what the reference did: the largest difference over the largest number. */
export function agreement(of: ContenderResult, reference: ContenderResult | undefined): Agreement {
  if (of.check === undefined || of.check.length === 0) return { words: "–", failed: false };
  const broken = of.check.some((x) => !Number.isFinite(x));
  const scale = Math.max(...(reference?.check ?? []).map(Math.abs));
  const difference =
    Math.max(...of.check.map((x, i) => Math.abs(x - (reference?.check?.[i] ?? Number.NaN)))) / scale;
  const words = difference === 0 ? "0" : difference.toExponential(0);
  if (of === reference) return { words: broken ? "FAILED: not finite" : "reference", failed: broken };
  if (of.differs !== undefined) return { words: `differs (${words})`, failed: false };
  if (difference <= TOLERANCE) return { words: `same (${words})`, failed: false };
  return { words: `FAILED (${words})`, failed: true };
}

/** Its name, and a warning where its figures may not be compared as they are. */
export function nameIn(race: RaceResult, of: ContenderResult): string {
  const { failed } = agreement(of, referenceOf(race.contenders));
  return `${of.name}${failed ? " (check FAILED)" : of.differs === undefined ? "" : " (differs)"}`;
}
