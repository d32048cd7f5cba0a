import { defineConfig } from "vitest/config";

// Apart from the other projects: these tests need engines that `npm ci` does not install. See npm run test:runtimes.
export default defineConfig({
  test: {
    name: "runtimes",
    include: ["test/runtimes/*.test.ts"],
    globalSetup: ["test/runtimes/support/install.ts"],
    testTimeout: 120_000,
    // One file after the other: threads want the cores for themselves.
    fileParallelism: false,
    maxConcurrency: 2,
    env: { DENO_NO_UPDATE_CHECK: "1" },
  },
});
