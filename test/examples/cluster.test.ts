import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const folder = fileURLToPath(new URL("../../examples/cluster/", import.meta.url));
const read = (name: string) => readFileSync(join(folder, name), "utf8");
const scripts = readdirSync(folder).filter((name) => name.endsWith(".sh"));

it.each(scripts)("has a %s that a shell can read", (name) => {
  execFileSync("bash", ["-n", join(folder, name)]);
  expect(read(name)).toMatch(/^#!\/usr\/bin\/env bash\n/);
  expect(read(name)).toContain("set -euo pipefail");
});

it("starts as many processes on Kubernetes as there are containers", () => {
  const manifest = read("mpijob.yaml");
  const [, replicas] = /Worker:\n\s+replicas: (\d+)/.exec(manifest) ?? [];
  const [, ranks] = /- -n\n\s+- "(\d+)"/.exec(manifest) ?? [];
  expect(ranks).toBe(replicas);
  expect(manifest).toMatch(/^apiVersion: kubeflow\.org\/v2beta1\nkind: MPIJob$/m);
  // Where the launcher's key is mounted is where ssh looks.
  expect(manifest).toContain("sshAuthMountPath: /root/.ssh");
});

it("runs in the container what the manifest names", () => {
  const [, file] = /COPY (\S+\.js) \.\/$/m.exec(read("Containerfile")) ?? [];
  expect(read("mpijob.yaml")).toContain(`/app/${file}`);
  expect(read("slurm.sh")).toContain(`node ${file} `);
});
