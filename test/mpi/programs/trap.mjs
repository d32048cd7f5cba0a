// Reads outside WebAssembly's memory, which V8 notices by a signal that UCX would take for the end.
import { mpi } from "chainrule/mpi";

const world = await mpi();
// (module (memory 1) (func (export "f") (result i32) (i32.load (i32.const 1000000))))
const header = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 127, 3, 2, 1, 0, 5, 3, 1, 0, 1];
const code = [7, 5, 1, 1, 102, 0, 0, 10, 11, 1, 9, 0, 65, 192, 132, 61, 40, 2, 0, 11];
const { instance } = await WebAssembly.instantiate(Uint8Array.from([...header, ...code]));
let caught = "nothing";
try {
  instance.exports.f();
} catch ({ name }) {
  caught = name;
}
for (let r = 0; r < world.size; r++) {
  world.barrier();
  if (r === world.rank) console.log(`RESULT ${JSON.stringify(caught)}`);
}
