// Sums of numbers of very different size: how they are grouped shows in the bits.
import { mpi } from "chainrule/mpi";

const world = await mpi({ timeout: 10 });
const { rank, size } = world;
const round = Math.fround;

/** What rank r has at place i: a scrambled fraction times a power of two. */
const own = (r, i) => {
  const mixed = Math.imul((i + 1) * 2654435761 + r * 40503, 2246822519) >>> 0;
  return round((mixed / 2 ** 32 - 0.5) * 2 ** ((mixed >>> 3) % 24));
};

/** The sum over ranks from `first` on, `count` of them, as a balanced tree. */
const tree = (i, first, count) =>
  count === 1 ? own(first, i) : round(tree(i, first, count / 2) + tree(i, first + count / 2, count / 2));

const lengths = [1, 1000, 30_000, 1_000_000];
const sums = lengths.map((length) => {
  const numbers = Float32Array.from({ length }, (_, i) => own(rank, i));
  world.allReduceSum(numbers);
  return numbers;
});
const longest = sums.at(-1);
const otherByLength = sums.map((numbers) => numbers.findIndex((sum, i) => sum !== longest[i]));
const isPower = (size & (size - 1)) === 0;
const otherThanTree = isPower ? longest.findIndex((sum, i) => sum !== tree(i, 0, size)) : -1;

const { createHash } = await import("node:crypto");
const hash = createHash("sha1").update(new Uint8Array(longest.buffer)).digest("hex");
for (let r = 0; r < size; r++) {
  world.barrier();
  if (r === rank) console.log(`RESULT ${JSON.stringify({ otherByLength, otherThanTree, hash })}`);
}
