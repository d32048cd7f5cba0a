import { defineConfig } from "tsup";

export default defineConfig({
  entry: { index: "src/index.ts", node: "src/node/index.ts" },
  format: ["esm", "cjs"],
  target: "es2022",
  dts: true,
  // Without shared chunks the two CommonJS entries would each hold their own copy of every class.
  splitting: true,
  treeshake: true,
  // For stack traces and debuggers that show the readable source: the sources are embedded, `src` is not published.
  sourcemap: true,
  clean: true,
});
