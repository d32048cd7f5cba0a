import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Flavour } from "./job.js";

/** Two networks of their own with a line between them, which MPI takes for two machines. */
export interface Hosts {
  /** The command that runs `ranks` processes, half of them on each. */
  launch(flavour: Flavour, ranks: number): readonly string[];
  /** Makes the line as slow as this, such as 1gbit, in both directions. */
  limit(rate: string): void;
  /** Cuts the line. */
  cut(): void;
  /** Ends what runs there, and takes all away. */
  remove(): void;
}

const ip = (...args: string[]): string => execFileSync("ip", args, { encoding: "utf8", stdio: "pipe" });

/** Whether this system lets us make networks: it takes root, and is not a matter of MPI. */
export function canMakeHosts(): boolean {
  try {
    twoHosts().remove();
    return true;
  } catch (error) {
    console.log(`Two hosts cannot be made, and their tests are left out: ${error}`);
    return false;
  }
}

const addresses = ["10.77.0.2", "10.77.0.3"];

let made = 0;

/** Makes the two. Both call their end of the line eth0. */
export function twoHosts(): Hosts {
  const names = ["a", "b"].map((letter) => `chainrule-${process.pid}-${made}${letter}`);
  made++;
  const [first, second] = names;
  const folder = mkdtempSync(join(tmpdir(), "chainrule-hosts-"));
  const agent = join(folder, "agent.sh");
  writeFileSync(agent, agentFor(names));
  chmodSync(agent, 0o755);
  for (const name of names) ip("netns", "add", name);
  ip("link", "add", "eth0", "netns", first, "type", "veth", "peer", "name", "eth0", "netns", second);
  names.forEach((name, i) => {
    ip("-n", name, "addr", "add", `${addresses[i]}/24`, "dev", "eth0");
    // Seconds until TCP gives up a line that is cut, where it would be a quarter of an hour.
    ip("netns", "exec", name, "bash", "-c", "echo 3 > /proc/sys/net/ipv4/tcp_retries2");
    for (const device of ["lo", "eth0"]) ip("-n", name, "link", "set", device, "up");
  });
  // MPI takes no device that is not up, which takes the kernel a moment.
  for (let tries = 0; tries < 50 && !names.every(isUp); tries++) execFileSync("sleep", ["0.1"]);
  return {
    launch: (flavour, ranks) => [agent, addresses[0], ...launchers[flavour](agent, ranks / 2)],
    limit(rate) {
      const bucket = ["root", "tbf", "rate", rate, "burst", "256kb", "latency", "50ms"];
      for (const name of names) ip("netns", "exec", name, "tc", "qdisc", "replace", "dev", "eth0", ...bucket);
    },
    cut: () => void ip("-n", first, "link", "set", "eth0", "down"),
    remove() {
      for (const name of names) {
        for (const pid of ip("netns", "pids", name).trim().split("\n")) {
          if (pid !== "") process.kill(Number(pid), "SIGKILL");
        }
        ip("netns", "del", name);
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const isUp = (name: string): boolean => ip("-n", name, "link", "show", "eth0").includes("state UP");

/** What stands for ssh: it runs a command on the host of an address, which has a name of its own. */
const agentFor = ([first, second]: readonly string[]): string => `#!/bin/bash
while [[ $1 == -* ]]; do shift; done
case $1 in ${addresses[0]}) name=${first} ;; *) name=${second} ;; esac
shift
exec ip netns exec $name unshare --uts bash -c 'hostname "$0"; eval "exec $*"' $name "$@"
`;

const launchers: Readonly<Record<Flavour, (agent: string, each: number) => readonly string[]>> = {
  openmpi: (agent, each) => [
    ...["mpirun.openmpi", "--mca", "plm_rsh_agent", agent, "-n", String(2 * each)],
    ...["--host", addresses.map((address) => `${address}:${each}`).join(",")],
    ...[
      "--mca",
      "btl",
      "self,vader,tcp",
      "--mca",
      "btl_tcp_if_include",
      "eth0",
      "--mca",
      "oob_tcp_if_include",
      "eth0",
    ],
    // Else mpirun does not see that the line is cut.
    ...["--mca", "oob_tcp_keepalive_time", "3", "--mca", "oob_tcp_keepalive_intvl", "2"],
    ...["--mca", "oob_tcp_keepalive_probes", "2"],
  ],
  mpich: (agent, each) => [
    ...[
      "mpirun.mpich",
      "-launcher",
      "ssh",
      "-launcher-exec",
      agent,
      "-iface",
      "eth0",
      "-n",
      String(2 * each),
    ],
    ...["-hosts", addresses.map((address) => `${address}:${each}`).join(",")],
    // Between networks of one machine UCX would find shared memory.
    ...["-genv", "UCX_TLS", "self,tcp", "-genv", "UCX_NET_DEVICES", "eth0"],
  ],
};
