import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const source = (path: string) => fileURLToPath(new URL(`./src/${path}`, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^chainrule$/, replacement: source("index.ts") },
      { find: /^chainrule\/(node|onnx|keras|numpy|mpi)$/, replacement: source("$1/index.ts") },
    ],
  },
  test: {
    coverage: { provider: "v8", include: ["src/**/*.ts"], reporter: ["text", "html"] },
    projects: [
      {
        extends: true,
        test: {
          name: "source",
          include: ["test/**/*.test.ts"],
          // These run in the next project, in that of vitest.runtimes.config.ts and in that of vitest.mpi.config.ts.
          exclude: [
            "test/package/**",
            "test/runtimes/**",
            "test/mpi/*.test.ts",
            "test/peers/**",
            "test/page/**",
            "test/site/**",
          ],
          testTimeout: 20_000,
        },
      },
      {
        extends: true,
        test: {
          name: "package",
          include: ["test/package/**/*.test.ts"],
          // Builds, packs and installs the package once for all files.
          globalSetup: ["test/package/support/install.ts"],
          testTimeout: 120_000,
        },
      },
    ],
  },
});
