import { defineConfig } from "vitest/config";

// Apart from the other projects: these tests need MPI, which npm does not install. See npm run test:mpi.
export default defineConfig({
  test: {
    // One after the other: each test is several processes that wait for each other.
    fileParallelism: false,
    projects: [
      {
        test: {
          name: "mpi",
          include: ["test/mpi/*.test.ts"],
          globalSetup: ["test/mpi/support/build.ts"],
          // A bound on a hang; jobs have a shorter one of their own.
          testTimeout: 120_000,
        },
      },
    ],
  },
});
