import { join } from "node:path";
import { scripts } from "./build.js";
import { current, newest } from "./engines.js";

/** A library in one setting, as a program that answers to lines. */
export interface Contender {
  readonly name: string;
  /** Contenders that differ in their number of threads only: a ratio is to the best of them. */
  readonly group: string;
  readonly ours: boolean;
  readonly threads: number;
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly how: Readonly<Record<string, string | boolean>>;
  /** Which loop is its ceiling in registers of four numbers. */
  readonly ceiling: string;
  /** What a reader must know of it, or of its whole group. */
  readonly about?: string;
  /** Why its numbers need not be everybody's. */
  readonly differs?: string;
  /** Why it cannot take part. */
  readonly missing?: string;
}

type Given = Partial<Contender> & Pick<Contender, "name" | "group">;
export const contender = (given: Given): Contender => {
  return { ours: false, threads: 1, program: "", args: [], env: {}, how: {}, ceiling: "", ...given };
};
export const script = (name: string) => [join(scripts, `${name}.mjs`)];

/** The loops of multiply-adds that bound what contenders can do. */
export const loops = {
  exact: `loop in SIMD, ${current.name}`,
  plain: `loop in SIMD, ${newest.name}`,
  fused: `loop in relaxed SIMD, ${newest.name}`,
  native: "loop in C",
  eightWide: "loop in C, 8-wide",
  fourWide: "loop in C, 4-wide",
};
