import { execFile } from "node:child_process";

export type Output = { readonly stdout: string; readonly stderr: string };

// What the test runner and npm tell their own children would change what a user's process does.
const ours =
  /^(npm_(?!config_)|npm_config_local_prefix$|NODE_ENV$|NODE_OPTIONS$|NODE_V8_COVERAGE$|VITEST|TEST$)/;
const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)));

/** Runs a command; rejects with all that it printed unless it ends by itself, in time, with exit code 0. */
export const run = (
  command: string,
  args: readonly string[],
  cwd: string,
  timeout = 100_000,
): Promise<Output> =>
  new Promise((resolve, reject) => {
    // npm is a batch file on Windows, which only a shell can start.
    const shell = process.platform === "win32" && command === "npm";
    const options = { cwd, env: environment, shell, timeout, maxBuffer: 1 << 26 };
    const child = execFile(command, args, options, (error, stdout, stderr) => {
      if (error) reject(new Error(`${error.message}\n${stdout}\n${stderr}`));
      else resolve({ stdout, stderr });
    });
    child.stdin?.end();
  });

export type ModuleFormat = "module" | "commonjs";

/** Runs JavaScript in a Node process of its own whose folder is `cwd`. */
export const runNode = (format: ModuleFormat, source: string, cwd: string): Promise<Output> =>
  run(process.execPath, [`--input-type=${format}`, "--eval", source], cwd);
