import { multiplyAdd } from "./lanes";

// The innermost loop of every product: a tile of the result stays in registers while p runs over the inner side.
// Each number of the result is one chain of multiply-adds, p ascending, whatever the size of the tile: the choice of
// tiles, and how a product is cut, never change a bit. Engines differ in which sizes they can keep in registers.

/**
 * c_rj = Σ_p a_pr·b_pj, or added to what c held. `rows` (1 to 6) and `vectors` (1 to 3) of four columns are constants
 * of the caller, which leave only their part of this body. Steps are bytes, from p to p + 1, and from row to row of c.
 */
// @ts-ignore: decorator
@inline
function tile(
  rows: i32, vectors: i32, a: usize, aStep: usize, b: usize, bStep: usize, c: usize, cStep: usize, k: i32, accumulate: bool,
): void {
  let c00 = f32x4.splat(0), c01 = f32x4.splat(0), c02 = f32x4.splat(0);
  let c10 = f32x4.splat(0), c11 = f32x4.splat(0), c12 = f32x4.splat(0);
  let c20 = f32x4.splat(0), c21 = f32x4.splat(0), c22 = f32x4.splat(0);
  let c30 = f32x4.splat(0), c31 = f32x4.splat(0), c32 = f32x4.splat(0);
  let c40 = f32x4.splat(0), c41 = f32x4.splat(0), c42 = f32x4.splat(0);
  let c50 = f32x4.splat(0), c51 = f32x4.splat(0), c52 = f32x4.splat(0);
  if (accumulate) {
    let from = c;
    c00 = v128.load(from);
    if (vectors > 1) c01 = v128.load(from, 16);
    if (vectors > 2) c02 = v128.load(from, 32);
    from += cStep;
    if (rows > 1) c10 = v128.load(from);
    if (rows > 1 && vectors > 1) c11 = v128.load(from, 16);
    if (rows > 1 && vectors > 2) c12 = v128.load(from, 32);
    from += cStep;
    if (rows > 2) c20 = v128.load(from);
    if (rows > 2 && vectors > 1) c21 = v128.load(from, 16);
    if (rows > 2 && vectors > 2) c22 = v128.load(from, 32);
    from += cStep;
    if (rows > 3) c30 = v128.load(from);
    if (rows > 3 && vectors > 1) c31 = v128.load(from, 16);
    if (rows > 3 && vectors > 2) c32 = v128.load(from, 32);
    from += cStep;
    if (rows > 4) c40 = v128.load(from);
    if (rows > 4 && vectors > 1) c41 = v128.load(from, 16);
    if (rows > 4 && vectors > 2) c42 = v128.load(from, 32);
    from += cStep;
    if (rows > 5) c50 = v128.load(from);
    if (rows > 5 && vectors > 1) c51 = v128.load(from, 16);
    if (rows > 5 && vectors > 2) c52 = v128.load(from, 32);
  }
  for (let p = 0; p < k; p++) {
    const b0 = v128.load(b);
    let b1 = b0, b2 = b0;
    if (vectors > 1) b1 = v128.load(b, 16);
    if (vectors > 2) b2 = v128.load(b, 32);
    {
      const s = v128.load32_splat(a);
      c00 = multiplyAdd(s, b0, c00);
      if (vectors > 1) c01 = multiplyAdd(s, b1, c01);
      if (vectors > 2) c02 = multiplyAdd(s, b2, c02);
    }
    if (rows > 1) {
      const s = v128.load32_splat(a, 4);
      c10 = multiplyAdd(s, b0, c10);
      if (vectors > 1) c11 = multiplyAdd(s, b1, c11);
      if (vectors > 2) c12 = multiplyAdd(s, b2, c12);
    }
    if (rows > 2) {
      const s = v128.load32_splat(a, 8);
      c20 = multiplyAdd(s, b0, c20);
      if (vectors > 1) c21 = multiplyAdd(s, b1, c21);
      if (vectors > 2) c22 = multiplyAdd(s, b2, c22);
    }
    if (rows > 3) {
      const s = v128.load32_splat(a, 12);
      c30 = multiplyAdd(s, b0, c30);
      if (vectors > 1) c31 = multiplyAdd(s, b1, c31);
      if (vectors > 2) c32 = multiplyAdd(s, b2, c32);
    }
    if (rows > 4) {
      const s = v128.load32_splat(a, 16);
      c40 = multiplyAdd(s, b0, c40);
      if (vectors > 1) c41 = multiplyAdd(s, b1, c41);
      if (vectors > 2) c42 = multiplyAdd(s, b2, c42);
    }
    if (rows > 5) {
      const s = v128.load32_splat(a, 20);
      c50 = multiplyAdd(s, b0, c50);
      if (vectors > 1) c51 = multiplyAdd(s, b1, c51);
      if (vectors > 2) c52 = multiplyAdd(s, b2, c52);
    }
    a += aStep;
    b += bStep;
  }
  v128.store(c, c00);
  if (vectors > 1) v128.store(c, c01, 16);
  if (vectors > 2) v128.store(c, c02, 32);
  c += cStep;
  if (rows > 1) v128.store(c, c10);
  if (rows > 1 && vectors > 1) v128.store(c, c11, 16);
  if (rows > 1 && vectors > 2) v128.store(c, c12, 32);
  c += cStep;
  if (rows > 2) v128.store(c, c20);
  if (rows > 2 && vectors > 1) v128.store(c, c21, 16);
  if (rows > 2 && vectors > 2) v128.store(c, c22, 32);
  c += cStep;
  if (rows > 3) v128.store(c, c30);
  if (rows > 3 && vectors > 1) v128.store(c, c31, 16);
  if (rows > 3 && vectors > 2) v128.store(c, c32, 32);
  c += cStep;
  if (rows > 4) v128.store(c, c40);
  if (rows > 4 && vectors > 1) v128.store(c, c41, 16);
  if (rows > 4 && vectors > 2) v128.store(c, c42, 32);
  c += cStep;
  if (rows > 5) v128.store(c, c50);
  if (rows > 5 && vectors > 1) v128.store(c, c51, 16);
  if (rows > 5 && vectors > 2) v128.store(c, c52, 32);
}

function tile1x4(a: usize, aStep: usize, b: usize, bStep: usize, c: usize, cStep: usize, k: i32, accumulate: bool): void {
  tile(1, 1, a, aStep, b, bStep, c, cStep, k, accumulate);
}
function tile2x4(a: usize, aStep: usize, b: usize, bStep: usize, c: usize, cStep: usize, k: i32, accumulate: bool): void {
  tile(2, 1, a, aStep, b, bStep, c, cStep, k, accumulate);
}
function tile3x4(a: usize, aStep: usize, b: usize, bStep: usize, c: usize, cStep: usize, k: i32, accumulate: bool): void {
  tile(3, 1, a, aStep, b, bStep, c, cStep, k, accumulate);
}
function tile4x4(a: usize, aStep: usize, b: usize, bStep: usize, c: usize, cStep: usize, k: i32, accumulate: bool): void {
  tile(4, 1, a, aStep, b, bStep, c, cStep, k, accumulate);
}
function tile5x4(a: usize, aStep: usize, b: usize, bStep: usize, c: usize, cStep: usize, k: i32, accumulate: bool): void {
  tile(5, 1, a, aStep, b, bStep, c, cStep, k, accumulate);
}
function tile6x4(a: usize, aStep: usize, b: usize, bStep: usize, c: usize, cStep: usize, k: i32, accumulate: bool): void {
  tile(6, 1, a, aStep, b, bStep, c, cStep, k, accumulate);
}
function tile1x8(a: usize, aStep: usize, b: usize, bStep: usize, c: usize, cStep: usize, k: i32, accumulate: bool): void {
  tile(1, 2, a, aStep, b, bStep, c, cStep, k, accumulate);
}
function tile2x8(a: usize, aStep: usize, b: usize, bStep: usize, c: usize, cStep: usize, k: i32, accumulate: bool): void {
  tile(2, 2, a, aStep, b, bStep, c, cStep, k, accumulate);
}
function tile3x8(a: usize, aStep: usize, b: usize, bStep: usize, c: usize, cStep: usize, k: i32, accumulate: bool): void {
  tile(3, 2, a, aStep, b, bStep, c, cStep, k, accumulate);
}
function tile4x8(a: usize, aStep: usize, b: usize, bStep: usize, c: usize, cStep: usize, k: i32, accumulate: bool): void {
  tile(4, 2, a, aStep, b, bStep, c, cStep, k, accumulate);
}
function tile5x8(a: usize, aStep: usize, b: usize, bStep: usize, c: usize, cStep: usize, k: i32, accumulate: bool): void {
  tile(5, 2, a, aStep, b, bStep, c, cStep, k, accumulate);
}
function tile6x8(a: usize, aStep: usize, b: usize, bStep: usize, c: usize, cStep: usize, k: i32, accumulate: bool): void {
  tile(6, 2, a, aStep, b, bStep, c, cStep, k, accumulate);
}
function tile1x12(a: usize, aStep: usize, b: usize, bStep: usize, c: usize, cStep: usize, k: i32, accumulate: bool): void {
  tile(1, 3, a, aStep, b, bStep, c, cStep, k, accumulate);
}
function tile2x12(a: usize, aStep: usize, b: usize, bStep: usize, c: usize, cStep: usize, k: i32, accumulate: bool): void {
  tile(2, 3, a, aStep, b, bStep, c, cStep, k, accumulate);
}
function tile3x12(a: usize, aStep: usize, b: usize, bStep: usize, c: usize, cStep: usize, k: i32, accumulate: bool): void {
  tile(3, 3, a, aStep, b, bStep, c, cStep, k, accumulate);
}

/** The tile of this size. */
// @ts-ignore: decorator
@inline
export function runTile(
  rows: i32, vectors: i32, a: usize, aStep: usize, b: usize, bStep: usize, c: usize, cStep: usize, k: i32, accumulate: bool,
): void {
  switch (6 * (vectors - 1) + rows) {
    case 1: tile1x4(a, aStep, b, bStep, c, cStep, k, accumulate); break;
    case 2: tile2x4(a, aStep, b, bStep, c, cStep, k, accumulate); break;
    case 3: tile3x4(a, aStep, b, bStep, c, cStep, k, accumulate); break;
    case 4: tile4x4(a, aStep, b, bStep, c, cStep, k, accumulate); break;
    case 5: tile5x4(a, aStep, b, bStep, c, cStep, k, accumulate); break;
    case 6: tile6x4(a, aStep, b, bStep, c, cStep, k, accumulate); break;
    case 7: tile1x8(a, aStep, b, bStep, c, cStep, k, accumulate); break;
    case 8: tile2x8(a, aStep, b, bStep, c, cStep, k, accumulate); break;
    case 9: tile3x8(a, aStep, b, bStep, c, cStep, k, accumulate); break;
    case 10: tile4x8(a, aStep, b, bStep, c, cStep, k, accumulate); break;
    case 11: tile5x8(a, aStep, b, bStep, c, cStep, k, accumulate); break;
    case 12: tile6x8(a, aStep, b, bStep, c, cStep, k, accumulate); break;
    case 13: tile1x12(a, aStep, b, bStep, c, cStep, k, accumulate); break;
    case 14: tile2x12(a, aStep, b, bStep, c, cStep, k, accumulate); break;
    case 15: tile3x12(a, aStep, b, bStep, c, cStep, k, accumulate); break;
  }
}
