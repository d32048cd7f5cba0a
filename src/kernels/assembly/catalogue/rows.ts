import { bytes } from "../lanes";
import { storeWithin } from "./row-ends";

/** rows[index_i] += dy_i, for whole numbers in float32 */
export function addToRows(index: usize, dy: usize, rows: usize, count: i32, cols: i32): void {
  const row = bytes(cols);
  for (const end = index + bytes(count); index < end; index += 4, dy += row) {
    const to = rows + <usize>load<f32>(index) * row;
    for (let o: usize = 0; o < row; o += 16) {
      storeWithin(to + o, f32x4.add(v128.load(to + o), v128.load(dy + o)), row - o);
    }
  }
}
