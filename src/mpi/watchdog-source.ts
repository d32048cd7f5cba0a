/**
 * The thread of the watchdog, as a text, which survives every bundler. It looks at the number of turns, which is odd while a
 * call waits, and counts its own ticks: a machine that sleeps is not a rank that has stopped.
 */
export const watchdogSource = `
const built = (name) => process.getBuiltinModule("node:" + name);
const { memory, seconds, head, kinds } = built("worker_threads").workerData;
const cells = new Int32Array(memory, 0, 4);
const numbers = new Float64Array(memory, 16, 5);
const letters = new Uint8Array(memory, 56);
const tick = Math.min(1000, seconds * 100);
let turn = 0;
let waited = 0;

function words() {
  const place = String.fromCharCode(...letters.subarray(0, numbers[4]));
  return kinds[numbers[0]] + (place === "" ? "" : " of " + place);
}

function reason(rank) {
  if (rank < 0) return "another rank, or the network, has stopped";
  return rank > 0 ? "it has stopped" : "it has stopped, or waits for another that has";
}

while (Atomics.wait(cells, 0, 1, tick) === "timed-out") {
  const now = Atomics.load(cells, 1);
  waited = now === turn ? waited + tick / 1000 : 0;
  turn = now;
  const rank = Atomics.load(cells, 2);
  const finishing = Atomics.load(cells, 3) === 1;
  const limit = finishing ? Math.min(seconds, 30) : seconds * (rank === 0 ? 1.25 : 1);
  // Rank 0 knows best which one is missing: who waits for it gives it the time to say so.
  if ((now & 1) === 0 || waited < limit) continue;
  const time = head + " waited " + Math.round(waited * 10) / 10 + " s";
  const whom = rank < 0 ? "" : " for rank " + rank;
  const line = finishing
    ? time + " for MPI to end, after all ranks had ended: what they had to do is done."
    : time + whom + " in " + words() + ": " + reason(rank) + ".";
  try {
    built("fs").writeSync(2, line + " The job ends.\\n");
  } finally {
    process.kill(process.pid, "SIGKILL");
  }
}
`;
