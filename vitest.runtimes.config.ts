import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const source = (path: string) => fileURLToPath(new URL(`./src/${path}`, import.meta.url));

const alias = [
  { find: /^chainrule$/, replacement: source("index.ts") },
  { find: /^chainrule\/(node|onnx|keras|numpy|mpi)$/, replacement: source("$1/index.ts") },
];

// Apart from the other projects: these tests need what `npm ci` does not install. See npm run test:runtimes.
export default defineConfig({
  test: {
    // One file after the other: threads want the cores for themselves.
    fileParallelism: false,
    projects: [
      {
        extends: true,
        test: {
          name: "runtimes",
          include: ["test/runtimes/*.test.ts"],
          globalSetup: ["test/runtimes/support/install.ts"],
          testTimeout: 120_000,
          maxConcurrency: 2,
          env: { DENO_NO_UPDATE_CHECK: "1" },
        },
      },
      {
        // Other libraries, in whose words we read and write.
        resolve: { alias },
        test: { name: "peers", include: ["test/peers/*.test.ts"], testTimeout: 20_000 },
      },
      {
        extends: true,
        // The page has the package as it is built; what it is compared with is computed here.
        resolve: { alias },
        test: {
          name: "page",
          include: ["test/page/*.test.ts"],
          globalSetup: ["test/page/support/build.ts"],
          testTimeout: 120_000,
        },
      },
      {
        extends: true,
        // The documentation, whose programs must print what they print here.
        resolve: { alias },
        test: {
          name: "site",
          include: ["test/site/*.test.ts"],
          globalSetup: ["test/site/support/build.ts"],
          testTimeout: 60_000,
        },
      },
    ],
  },
});
