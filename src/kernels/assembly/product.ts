import { descended, divisorLanes, Way } from "./descent";
import { fewDescend } from "./few";
import { bytes, loadLanes, storeLanes } from "./lanes";
import { packAcross, packAlong } from "./pack";
import { runTile } from "./tile";

// A product is cut into blocks that fit the caches: `DEPTH` of the inner side, `WIDTH` columns, `HEIGHT` rows; blocks
// into panels, packed; panels into tiles. K. Goto and R. van de Geijn, "Anatomy of high-performance matrix
// multiplication", 2008.

const DEPTH: i32 = 512;
const WIDTH: i32 = 256;
const HEIGHT: i32 = 96;
/** The largest tile, 6 × 12 numbers, in bytes. */
const TILE: usize = 288;

/** So few rows go down their gradient without tiles. */
const FEW: i32 = 12;

/** How much memory `product` needs to work in, in bytes. */
export function scratchBytes(): i32 {
  return 4 * DEPTH * (WIDTH + HEIGHT + 24) + <i32>TILE + 64;
}

/** What a product does with its sums. */
const enum Finish {
  Store, //       c = sum
  Accumulate, //  c = c + … , the sum starts from c
  Descend, //     c = c + rate · (sum / divisor), for an inner side of at most DEPTH
}

/** The size of equal parts, each at most `most` and a multiple of `unit`, that cover `length`. */
// @ts-ignore: decorator
@inline
function evenPart(length: i32, most: i32, unit: i32): i32 {
  const parts = max((length + most - 1) / most, 1);
  const part = (length + parts - 1) / parts;
  return max((part + unit - 1) / unit, 1) * unit;
}

/**
 * c_ij = Σ_p a_ip·b_pj, p ascending. Rows of a are `aRow` bytes apart and its numbers along p `aStep`; numbers of b are
 * `bStep` bytes apart along p and `bCol` along j. One of each pair is 4: that decides between a, aᵀ, b and bᵀ.
 */
export function product(
  a: usize, aRow: usize, aStep: usize, b: usize, bStep: usize, bCol: usize, c: usize, cRow: usize,
  m: i32, n: i32, k: i32, finish: Finish, tileRows: i32, tileVectors: i32, scratch: usize, divisor: f32, rate: f32,
): void {
  if (finish == Finish.Descend && k <= FEW && aRow == 4 && bCol == 4) {
    return fewDescend(a, aStep, b, bStep, c, cRow, m, n, k, divisor, rate);
  }
  const tileCols = 4 * tileVectors;
  const width = evenPart(n, WIDTH, tileCols);
  const depth = evenPart(k, DEPTH, 4);
  const height = evenPart(m, HEIGHT, tileRows);
  const spare = scratch;
  const aPanels = spare + TILE + 16;
  const bPanels = aPanels + bytes(DEPTH * (HEIGHT + 12));
  // What is read only a few times is not worth a copy.
  const packsB = bCol != 4 || m > 3 * tileRows;
  const packsA = aRow != 4 || (k > 64 && n > 2 * tileCols);

  for (let j0 = 0; j0 < n; j0 += width) {
    const cols = min(width, n - j0);
    let p0 = 0;
    do {
      const inner = min(depth, k - p0);
      const bBlock = b + <usize>p0 * bStep + <usize>j0 * bCol;
      for (let i0 = 0; i0 < m; i0 += height) {
        const rows = min(height, m - i0);
        const aBlock = a + <usize>i0 * aRow + <usize>p0 * aStep;
        const panels = (rows + tileRows - 1) / tileRows;
        if (packsA) packRowPanels(aBlock, aRow, aStep, aPanels, rows, panels, inner);
        const cBlock = c + <usize>i0 * cRow + bytes(j0);
        for (let j = 0; j < cols; j += tileCols) {
          const count = min(tileCols, cols - j);
          const vectors = (count + 3) >> 2;
          // A panel that no other rows will want may be overwritten by the next: so it stays in the nearest cache.
          const bPanel = packsB ? bPanels + (height < m ? bytes(j * inner) : 0) : bBlock + bytes(j);
          const bDown = packsB ? bytes(4 * vectors) : bStep;
          if (packsB && i0 == 0) packColumns(bBlock + <usize>j * bCol, bStep, bCol, bPanel, count, inner);
          let i = 0;
          for (let panel = 0; panel < panels; panel++) {
            const high = (rows * (panel + 1)) / panels - i;
            const aPanel = packsA ? aPanels + bytes(i * inner) : aBlock + bytes(i);
            const aDown = packsA ? bytes(high) : aStep;
            const to = cBlock + <usize>i * cRow + bytes(j);
            if (finish == Finish.Descend) {
              runTile(high, vectors, aPanel, aDown, bPanel, bDown, spare, 48, inner, false);
              descendTile(to, cRow, spare, high, count, divisor, rate);
            } else {
              const accumulate = finish == Finish.Accumulate || p0 > 0;
              if ((count & 3) == 0) {
                runTile(high, vectors, aPanel, aDown, bPanel, bDown, to, cRow, inner, accumulate);
              } else {
                if (accumulate) copyTile(to, cRow, spare, 48, high, count);
                runTile(high, vectors, aPanel, aDown, bPanel, bDown, spare, 48, inner, accumulate);
                copyTile(spare, 48, to, cRow, high, count);
              }
            }
            i += high;
          }
        }
      }
      p0 += depth;
    } while (p0 < k);
  }
}

/** Packs at most as many columns of b as a tile has into a panel; its last vector is filled up. */
// @ts-ignore: decorator
@inline
function packColumns(b: usize, bStep: usize, bCol: usize, to: usize, cols: i32, k: i32): void {
  const width = (cols + 3) & ~3;
  if (bCol == 4) packAlong(b, bStep, to, cols, width, k);
  else packAcross(b, bCol, to, cols, width, k);
}

/** Packs rows of a into `panels` panels of nearly equal height. */
function packRowPanels(a: usize, aRow: usize, aStep: usize, to: usize, rows: i32, panels: i32, k: i32): void {
  let i = 0;
  for (let panel = 0; panel < panels; panel++) {
    const high = (rows * (panel + 1)) / panels - i;
    const from = a + <usize>i * aRow;
    if (aRow == 4) packAlong(from, aStep, to, high, high, k);
    else packAcross(from, aRow, to, high, high, k);
    to += bytes(high * k);
    i += high;
  }
}

function copyTile(from: usize, fromRow: usize, to: usize, toRow: usize, rows: i32, cols: i32): void {
  for (let r = 0; r < rows; r++) {
    for (let j = 0; j < cols; j += 4) storeLanes(to + 4 * j, loadLanes(from + 4 * j, cols - j), cols - j);
    from += fromRow;
    to += toRow;
  }
}

/** w = w + rate · (sum / divisor), as if the gradient had been written and read again. */
function descendTile(w: usize, wRow: usize, sums: usize, rows: i32, cols: i32, divisor: f32, rate: f32): void {
  const by = divisorLanes(Way.Divisor, divisor), scale = f32x4.splat(rate);
  const wide = bytes(cols & ~3), rest = cols & 3;
  for (let r = 0; r < rows; r++, sums += 48, w += wRow) {
    for (let o: usize = 0; o < wide; o += 16) {
      v128.store(w + o, descended(Way.Divisor, v128.load(w + o), v128.load(sums + o), by, scale));
    }
    if (rest > 0) {
      const to = w + wide;
      storeLanes(to, descended(Way.Divisor, loadLanes(to, rest), v128.load(sums + wide), by, scale), rest);
    }
  }
}
