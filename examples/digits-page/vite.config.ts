import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here("."),
  // Relative addresses: the static build works in any folder of any server.
  base: "./",
  // What a user of the package would get: what is built, not what is in src.
  resolve: { alias: [{ find: /^chainrule$/, replacement: here("../../dist/index.js") }] },
  build: {
    target: "es2022",
    // Those that know light-dark(), which would be taken apart for older ones.
    cssTarget: ["chrome123", "firefox121", "safari17.5"],
    // Nothing inline, so that a policy of `script-src 'self' 'wasm-unsafe-eval'` is enough.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  worker: { format: "es" },
});
