import { numerics } from "./engine.js";

/** A tile of a product that stays in registers: rows, and vectors of four columns. */
export interface Tile {
  readonly rows: number;
  readonly vectors: number;
}

/** The best for most engines: see docs/performance.md. */
const usual = { exact: { rows: 3, vectors: 3 }, fast: { rows: 6, vectors: 2 } } as const;

/** The tile in use. */
export function tile(): Tile {
  return usual[numerics()];
}

/** `6×8`: rows × columns. */
export const tileName = ({ rows, vectors }: Tile): string => `${rows}×${4 * vectors}`;
