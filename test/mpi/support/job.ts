import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe } from "vitest";
import { programs } from "./build.js";
import type { Hosts } from "./hosts.js";

const all = ["openmpi", "mpich"] as const;

export type Flavour = (typeof all)[number];

const isThere = (flavour: Flavour): boolean =>
  spawnSync(`mpirun.${flavour}`, ["--version"], { stdio: "ignore" }).error === undefined;

/** The kinds of MPI that are here; with REQUIRE_MPI, those that have to be. */
export const flavours: readonly Flavour[] = all.filter((flavour) => {
  if (process.env.REQUIRE_MPI !== undefined || isThere(flavour)) return true;
  console.log(
    `mpirun.${flavour} is not installed: its tests are left out (scripts/install-mpi.sh installs it).`,
  );
  return false;
});

/** Tests with each kind of MPI. Those whose kind is missing are left out, unless REQUIRE_MPI is set: then they fail. */
export function onEach(name: string, tests: (flavour: Flavour) => void, possible = true): void {
  for (const flavour of all) {
    const here = possible && flavours.includes(flavour);
    describe.runIf(here)(name.replace("%s", flavour), () => tests(flavour));
  }
}

export interface Ended {
  /** The code of the launcher; null where it had to be killed. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Process numbers of the ranks, where the program writes them down. */
  readonly pids: readonly number[];
}

// As root in a container with two cores, see docs/mpi.md.
const environment = {
  OMPI_ALLOW_RUN_AS_ROOT: "1",
  OMPI_ALLOW_RUN_AS_ROOT_CONFIRM: "1",
  OMPI_MCA_rmaps_base_oversubscribe: "1",
  NO_COLOR: "1",
};

/** What a test runner sets changes what a user's process does. */
const ours = /^(NODE_OPTIONS|NODE_V8_COVERAGE|VITEST|TEST$|OMPI_|PMI_|CHAINRULE_)/;

export interface Surroundings {
  /** Where the ranks run. Default: all on this machine. */
  readonly hosts?: Hosts;
  /** Told all that was printed so far. */
  onOutput?(stdout: string): void;
}

/** Runs `mpirun -n ranks node program args`. PIDS among the arguments is a file for the process numbers. */
export async function job(
  flavour: Flavour | "alone",
  ranks: number,
  program: string,
  args: readonly string[] = [],
  variables: Readonly<Record<string, string>> = {},
  { hosts, onOutput }: Surroundings = {},
): Promise<Ended> {
  const folder = mkdtempSync(join(tmpdir(), "chainrule-mpi-"));
  const file = join(folder, "pids");
  const node = [process.execPath, program, ...args.map((arg) => (arg === "PIDS" ? file : arg))];
  const launch = (kind: Flavour) => hosts?.launch(kind, ranks) ?? [`mpirun.${kind}`, "-n", String(ranks)];
  const [command, ...rest] = flavour === "alone" ? node : [...launch(flavour), ...node];
  const inherited = Object.entries(process.env).filter(([name]) => !ours.test(name));
  const env = { ...Object.fromEntries(inherited), ...environment, ...variables };
  const child = spawn(command, rest, { cwd: programs, env, stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (text) => {
    stdout += text;
    onOutput?.(stdout);
  });
  child.stderr.on("data", (text) => (stderr += text));
  const bound = setTimeout(() => {
    child.kill("SIGKILL");
    for (const stream of [child.stdout, child.stderr]) stream.destroy(); // what it has started may hold them
  }, 60_000);
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on("close", resolve);
      child.on("error", reject);
    });
    const pids = existsSync(file) ? readFileSync(file, "utf8").trim().split("\n").map(Number) : [];
    return { code, stdout, stderr, pids };
  } finally {
    clearTimeout(bound);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the ranks have printed as `RESULT {…}`, in the order of their lines. */
export const resultsOf = <T>({ stdout, stderr }: Ended): readonly T[] => {
  const lines = stdout.split("\n").filter((line) => line.startsWith("RESULT "));
  if (lines.length === 0) throw new Error(`no result: ${stdout}\n${stderr}`);
  return lines.map((line) => JSON.parse(line.slice(7)) as T);
};

/** Those of the processes that still run; the launcher may be gone a little before the last of them. */
export async function running(pids: readonly number[]): Promise<readonly number[]> {
  for (let tries = 0; tries < 50 && pids.some(runs); tries++) await sleep(100);
  return pids.filter(runs);
}

/** A process that is dead and that nobody has asked for is still listed. */
const runs = (pid: number): boolean => {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
};
