import { bytes, loadLanes, storeLanes } from "./lanes";

/** Which operation `combine` is to do. */
const enum Operation { Add, Subtract, Multiply, Divide }

// @ts-ignore: decorator
@inline
function operate(operation: i32, a: v128, b: v128): v128 {
  if (operation == Operation.Add) return f32x4.add(a, b);
  if (operation == Operation.Subtract) return f32x4.sub(a, b);
  if (operation == Operation.Multiply) return f32x4.mul(a, b);
  return f32x4.div(a, b);
}

/** y = a ∘ b over rows; rows of b are `bRow` bytes apart: 0 for one row that stands for all. */
// @ts-ignore: decorator
@inline
function combineAs(operation: i32, a: usize, b: usize, bRow: usize, y: usize, rows: i32, cols: i32): void {
  const row = bytes(cols);
  for (let r = 0; r < rows; r++) {
    let j = 0;
    for (; j + 4 <= cols; j += 4) {
      const o = bytes(j);
      v128.store(y + o, operate(operation, v128.load(a + o), v128.load(b + o)));
    }
    if (j < cols) {
      const o = bytes(j);
      const count = cols - j;
      storeLanes(y + o, operate(operation, loadLanes(a + o, count), loadLanes(b + o, count)), count);
    }
    a += row;
    b += bRow;
    y += row;
  }
}

export function combine(
  operation: i32, a: usize, b: usize, bRow: usize, y: usize, rows: i32, cols: i32,
): void {
  if (operation == Operation.Add) combineAs(Operation.Add, a, b, bRow, y, rows, cols);
  else if (operation == Operation.Subtract) combineAs(Operation.Subtract, a, b, bRow, y, rows, cols);
  else if (operation == Operation.Multiply) combineAs(Operation.Multiply, a, b, bRow, y, rows, cols);
  else combineAs(Operation.Divide, a, b, bRow, y, rows, cols);
}

// @ts-ignore: decorator
@inline
function combineNumberAs(operation: i32, a: usize, s: f32, y: usize, count: i32): void {
  const b = f32x4.splat(s);
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    v128.store(y + bytes(i), operate(operation, v128.load(a + bytes(i)), b));
  }
  if (i < count) {
    const o = bytes(i);
    storeLanes(y + o, operate(operation, loadLanes(a + o, count - i), b), count - i);
  }
}

/** y = a ∘ s */
export function combineNumber(operation: i32, a: usize, s: f32, y: usize, count: i32): void {
  if (operation == Operation.Add) combineNumberAs(Operation.Add, a, s, y, count);
  else if (operation == Operation.Subtract) combineNumberAs(Operation.Subtract, a, s, y, count);
  else if (operation == Operation.Multiply) combineNumberAs(Operation.Multiply, a, s, y, count);
  else combineNumberAs(Operation.Divide, a, s, y, count);
}

/** y = y + s·x, the product rounded first */
export function addScaled(x: usize, s: f32, y: usize, count: i32): void {
  const scale = f32x4.splat(s);
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    const o = bytes(i);
    v128.store(y + o, f32x4.add(v128.load(y + o), f32x4.mul(scale, v128.load(x + o))));
  }
  if (i < count) {
    const o = bytes(i);
    const rest = count - i;
    storeLanes(y + o, f32x4.add(loadLanes(y + o, rest), f32x4.mul(scale, loadLanes(x + o, rest))), rest);
  }
}

/** y_c = Σ_r x_rc, r ascending from 0 or from what y held */
export function columnSums(x: usize, y: usize, rows: i32, cols: i32, accumulate: bool): void {
  const row = bytes(cols);
  let j = 0;
  for (; j + 16 <= cols; j += 16) {
    const to = y + 4 * j;
    let y0 = f32x4.splat(0), y1 = y0, y2 = y0, y3 = y0;
    if (accumulate) y0 = v128.load(to), y1 = v128.load(to, 16), y2 = v128.load(to, 32), y3 = v128.load(to, 48);
    let from = x + 4 * j;
    for (let r = 0; r < rows; r++) {
      y0 = f32x4.add(y0, v128.load(from));
      y1 = f32x4.add(y1, v128.load(from, 16));
      y2 = f32x4.add(y2, v128.load(from, 32));
      y3 = f32x4.add(y3, v128.load(from, 48));
      from += row;
    }
    v128.store(to, y0), v128.store(to, y1, 16), v128.store(to, y2, 32), v128.store(to, y3, 48);
  }
  for (; j < cols; j += 4) {
    const to = y + 4 * j;
    const count = cols - j;
    let sum = accumulate ? loadLanes(to, count) : f32x4.splat(0);
    let from = x + 4 * j;
    for (let r = 0; r < rows; r++) {
      sum = f32x4.add(sum, loadLanes(from, count));
      from += row;
    }
    storeLanes(to, sum, count);
  }
}

/** Whether every number is finite: x − x is 0 for those and NaN for the others, and NaN is unequal to itself. */
export function allFinite(x: usize, count: i32): bool {
  let wrong = i32x4.splat(0);
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    const v = v128.load(x + bytes(i));
    const difference = f32x4.sub(v, v);
    wrong = v128.or(wrong, f32x4.ne(difference, difference));
  }
  if (i < count) {
    const v = loadLanes(x + bytes(i), count - i);
    const difference = f32x4.sub(v, v);
    wrong = v128.or(wrong, f32x4.ne(difference, difference));
  }
  return !v128.any_true(wrong);
}
