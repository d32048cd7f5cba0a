// Trains with checkpoints, and goes on from the last; each rank has a folder of its own. In the second epoch rank 1 may be killed.
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { setNumerics, setThreads } from "chainrule";
import { mpi } from "chainrule/mpi";
import { checkpoint, csvLog } from "chainrule/node";
import { checkpointToBytes } from "../../../src/io/checkpoint-file.js";
import { scenarios } from "../../distributed/support/scenarios.js";

const [folder, how] = process.argv.slice(2);
const world = await mpi({ timeout: 30 });
setNumerics("exact");
setThreads(1);
const own = `${folder}-rank${world.rank}`;
const { model: make, data, options } = scenarios["the issue's list"];
const model = make();
const sha256 = createHash("sha256");
let steps = 0;

const history = await model.fit(data(), {
  ...options(),
  distribute: world,
  verbose: true,
  resume: own,
  callbacks: [
    checkpoint(own, { every: 3, best: "validationLoss" }),
    csvLog(`${own}.csv`),
    {
      onBatchEnd({ epoch, batch }) {
        steps++;
        if (how === "kill" && world.rank === 1 && epoch === 1 && batch === 2)
          process.kill(process.pid, "SIGKILL");
      },
      onSafePoint({ isLast, model, snapshot }) {
        // What checkpoint remembers of the best epoch, it remembers where it writes.
        if (isLast) sha256.update(checkpointToBytes(model, { ...snapshot(), callbacks: {} }));
      },
    },
  ],
});
sha256.update(JSON.stringify(history));
const wrote = [own, `${own}.csv`].filter((path) => existsSync(path)).length;
for (let rank = 0; rank < world.size; rank++) {
  world.barrier();
  if (rank !== world.rank) continue;
  console.log(`RESULT ${JSON.stringify({ rank, steps, wrote, sha256: sha256.copy().digest("hex") })}`);
}
