// How fast each tile of the products is in the engine that runs this, in GFLOP/s:
//
//     node bench/tiles.mjs
//
// The product is 120 × 256 times 256 × 96: it stays in the near caches, so that the tile alone counts.
import { readFileSync } from "node:fs";

const tiles = ["4×8", "5×8", "6×8", "2×12", "3×12"];
const [m, k, n] = [120, 256, 96];
const [a, b, c, scratch] = [1 << 16, 1 << 18, 1 << 19, 1 << 20];
const seconds = 0.15;

for (const numerics of ["exact", "fast"]) {
  const bytes = readFileSync(
    new URL(`../src/kernels/generated/files/wasm/${numerics}.wasm`, import.meta.url),
  );
  if (!WebAssembly.validate(bytes)) continue;
  const memory = new WebAssembly.Memory({ initial: 64, maximum: 65536 });
  const { product } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } }).exports;
  new Float32Array(memory.buffer).fill(0.5);
  const rates = tiles.map((tile) => {
    const [rows, cols] = tile.split("×").map(Number);
    const run = () => product(a, 4 * k, 4, b, 4 * n, 4, c, 4 * n, m, n, k, 0, rows, cols / 4, scratch, 1, 0);
    const least = () => {
      const end = performance.now() + 1000 * seconds;
      let best = Number.POSITIVE_INFINITY;
      for (let start = performance.now(); start < end; start = performance.now()) {
        for (let i = 0; i < 10; i++) run();
        best = Math.min(best, (performance.now() - start) / 10);
      }
      return best;
    };
    least(); // until the engine has compiled it well
    return (2e-6 * m * n * k) / least();
  });
  console.log(`${numerics}  ${tiles.map((tile, i) => `${tile} ${rates[i].toFixed(0)}`).join("   ")}`);
}
