import { defineConfig, type Options } from "tsup";

type Plugin = NonNullable<Options["plugins"]>[number];

// esbuild fills the object of `import * as layers` by a statement, which a user's bundler must keep, and with it every
// layer. As the value of a pure call it goes when nobody reads it. The line breaks stay for the source maps.
const shakeableNamespaces: Plugin = {
  name: "shakeable-namespaces",
  renderChunk: (code) => ({
    code: code
      .replace(/(var __export = \(target, all\) => \{\n.*\n.*\n)\};/, "$1  return target; };")
      .replace(/^var (\w+) = \{\};\n__export\(\1, /gm, "var $1 = /* @__PURE__ */\n__export({}, "),
  }),
};

export default defineConfig({
  entry: {
    index: "src/index.ts",
    node: "src/node/index.ts",
    onnx: "src/onnx/index.ts",
    keras: "src/keras/index.ts",
    mpi: "src/mpi/index.ts",
    numpy: "src/numpy/index.ts",
  },
  format: ["esm", "cjs"],
  target: "es2022",
  dts: true,
  // Without shared chunks the two CommonJS entries would each hold their own copy of every class.
  splitting: true,
  treeshake: true,
  plugins: [shakeableNamespaces],
  // For stack traces and debuggers that show the readable source: the sources are embedded, `src` is not published.
  sourcemap: true,
  clean: true,
  // The kernels as files, dist/wasm/*.wasm.
  publicDir: "src/kernels/generated/files",
});
