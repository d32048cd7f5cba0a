import { expect, inject, it } from "vitest";
import { deno, engines } from "./support/engines.js";
import { runScript } from "./support/run-script.js";

const { consumer } = inject("installed");

/** With what a program that works with files is given. */
const withFiles = engines.map((engine) =>
  engine === deno ? { ...engine, command: [...engine.command, "--allow-all"] as const } : engine,
);

it.each(withFiles)("$name goes on from checkpoints, saves, loads, and reads files", async (engine) => {
  expect(await runScript(engine, "files.mjs", {}, consumer)).toEqual({
    ...{ crashes: 3, resumes: true, loads: true, sums: [374250, 374250], learned: 1 },
  });
});
