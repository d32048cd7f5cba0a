import type { Collective } from "../distributed/collective.js";
import { expectData, expectFloats, expectRank } from "./buffers.js";
import { inFull, say } from "./say.js";

/** The only process: what all ranks have is what it has. It needs no MPI, and so none has to be installed. */
export const lone: Collective = {
  rank: 0,
  size: 1,
  allReduceSum: (numbers) => expectFloats("allReduceSum", numbers),
  broadcast(data, root) {
    expectData("broadcast", data);
    expectRank("broadcast", root, 1);
  },
  barrier() {},
  abort(error) {
    say(inFull(error));
    process.exit(1);
  },
};
