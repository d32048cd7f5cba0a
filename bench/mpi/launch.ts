import { spawn } from "node:child_process";
import { type Hosts, twoHosts } from "../../test/mpi/support/hosts.js";
import type { Flavour } from "../../test/mpi/support/job.js";
import { type Program, programOf } from "./build.js";

/** Where ranks run. Without a kind of MPI: one process that no launcher has started. */
export interface Place {
  readonly name: string;
  readonly ranks: number;
  readonly flavour?: Flavour;
  readonly hosts?: Hosts;
}

const environment = {
  OMPI_ALLOW_RUN_AS_ROOT: "1",
  OMPI_ALLOW_RUN_AS_ROOT_CONFIRM: "1",
  OMPI_MCA_rmaps_base_oversubscribe: "1",
  NO_COLOR: "1",
};

/** What rank 0 prints: a line of JSON. A job that takes longer than `seconds` is ended. */
export async function launch<T>(place: Place, program: Program, job: unknown, seconds = 180): Promise<T> {
  const { flavour, ranks, hosts } = place;
  // In letters that no shell on the way takes for its own.
  const text = Buffer.from(JSON.stringify(job)).toString("base64url");
  const node = [process.execPath, programOf(program), text];
  const starter =
    flavour === undefined ? [] : (hosts?.launch(flavour, ranks) ?? [`mpirun.${flavour}`, "-n", `${ranks}`]);
  const [command, ...rest] = [...starter, ...node];
  // The hosts share the cores of one machine, which their ranks do not know.
  const yielding = hosts === undefined ? {} : { OMPI_MCA_mpi_yield_when_idle: "1" };
  const env = { ...process.env, ...environment, ...yielding };
  const child = spawn(command, rest, { env, stdio: ["ignore", "pipe", "pipe"] });
  const texts = ["", ""];
  [child.stdout, child.stderr].forEach((stream, i) => void stream.on("data", (text) => (texts[i] += text)));
  const bound = setTimeout(() => child.kill("SIGKILL"), 1000 * seconds);
  await new Promise((resolve, reject) => child.on("close", resolve).on("error", reject));
  clearTimeout(bound);
  const line = texts[0].split("\n").find((text) => text.startsWith("{"));
  if (line === undefined) throw new Error(`${place.name}: no result.\n${texts.join("\n")}`);
  return JSON.parse(line) as T;
}

/** Runs work on two networks of this machine, for whose making it takes root; undefined where they cannot be made. */
export async function onTwoHosts<T>(work: (hosts: Hosts) => Promise<T>): Promise<T | undefined> {
  let hosts: Hosts;
  try {
    hosts = twoHosts();
  } catch (error) {
    console.log(`No two hosts: ${String(error).split("\n")[0]}`);
    return undefined;
  }
  try {
    return await work(hosts);
  } finally {
    hosts.remove();
  }
}
