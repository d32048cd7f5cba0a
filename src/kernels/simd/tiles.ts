import { type Numerics, numerics } from "./engine.js";

/** A tile of a product that stays in registers: rows, and vectors of four columns. */
export interface Tile {
  readonly rows: number;
  readonly vectors: number;
}

/** Every tile gives the same bits; these are the fastest. `node bench/tiles.mjs` measures; see docs/performance.md. */
const best: Readonly<Record<Numerics | "JavaScriptCore", Tile>> = {
  exact: { rows: 3, vectors: 3 },
  fast: { rows: 6, vectors: 2 },
  JavaScriptCore: { rows: 2, vectors: 3 },
};

/** The engine of Bun keeps fewer numbers in registers than V8 does. Safari, which has it too, does not say so. */
const isJavaScriptCore = "Bun" in globalThis;

/** The tile in use. */
export function tile(): Tile {
  return best[isJavaScriptCore ? "JavaScriptCore" : numerics()];
}

/** `6×8`: rows × columns. */
export const tileName = ({ rows, vectors }: Tile): string => `${rows}×${4 * vectors}`;
