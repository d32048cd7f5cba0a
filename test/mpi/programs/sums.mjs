// Sums on every kind of memory. Each rank says what it got, in the words of rank 0's line.
import { mpi } from "chainrule/mpi";

const world = await mpi();
const { rank, size } = world;

/** What rank r has at place i, and what the sum must be there: exact in float32. */
const own = (r, i) => (r + 1) * ((i % 101) + 1);
const total = (i) => ((size * (size + 1)) / 2) * ((i % 101) + 1);

const wrong = [];
function check(name, numbers) {
  for (let i = 0; i < numbers.length; i++) numbers[i] = own(rank, i);
  world.during?.(name);
  world.allReduceSum(numbers);
  for (let i = 0; i < numbers.length; i++) {
    if (numbers[i] === total(i)) continue;
    wrong.push(`${name}[${i}] is ${numbers[i]}, not ${total(i)}`);
    break;
  }
}

const shared = (maximum = 4) => new WebAssembly.Memory({ initial: 1, maximum, shared: true });
check("float32", new Float32Array(1000));
check("float64", new Float64Array(1000));
check("one number", new Float32Array(1));
check("none", new Float32Array(0));

const whole = new Float32Array(100);
check("subarray", whole.subarray(30, 60));
if (whole[29] !== 0 || whole[60] !== 0) wrong.push("subarray: what is around it has changed");

check("WebAssembly", new Float32Array(new WebAssembly.Memory({ initial: 1 }).buffer, 64, 500));
check("shared WebAssembly", new Float32Array(shared().buffer, 64, 500));
check("shared", new Float32Array(new SharedArrayBuffer(4000)));
const memory = shared();
memory.grow(2);
check("grown", new Float32Array(memory.buffer, 2 * 65536, 16384));
// More than goes in one call of MPI.
check("long", new Float32Array((1 << 22) + 77));

const bytes = rank === size - 1 ? Uint8Array.of(1, 2, 3, 254) : new Uint8Array(4);
world.broadcast(bytes, size - 1);
if (`${bytes}` !== "1,2,3,254") wrong.push(`broadcast of bytes: ${bytes}`);
const numbers = new Float64Array(3).fill(rank === 0 ? Math.PI : 0);
world.broadcast(numbers, 0);
if (numbers.some((n) => n !== Math.PI)) wrong.push(`broadcast of numbers: ${numbers}`);

const again = await mpi({ timeout: 5 });
if (again !== world) wrong.push("a second world");

const refused = [];
const refuse = (work) => {
  try {
    work();
    refused.push("nothing");
  } catch ({ message }) {
    refused.push(message);
  }
};
const old = new WebAssembly.Memory({ initial: 1 });
const view = new Float32Array(old.buffer);
old.grow(1);
refuse(() => world.allReduceSum(view));
refuse(() => world.allReduceSum([1, 2, 3]));
refuse(() => world.allReduceSum(new Int32Array(3)));
refuse(() => world.broadcast(new Uint8Array(1), size));

for (let r = 0; r < size; r++) {
  world.barrier();
  if (r === rank) console.log(`RESULT ${JSON.stringify({ rank, size, about: world.about, wrong, refused })}`);
}
