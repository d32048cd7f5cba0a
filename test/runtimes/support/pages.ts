import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";

const html = (head: string, script: string) =>
  `<!doctype html><meta charset="utf-8"><title>chainrule</title>${head}<script type="module" src="${script}"></script>`;

/** Makes a page of a script, in the folder of who installed the package: bundled as users do, and as it is. */
export async function makePages(script: string, consumer: string): Promise<void> {
  await mkdir(join(consumer, "pages"), { recursive: true });
  await build({
    entryPoints: [join(consumer, `${script}.mjs`)],
    outfile: join(consumer, `pages/${script}.js`),
    ...{
      bundle: true,
      minify: true,
      format: "esm",
      target: "es2022",
      platform: "browser",
      logLevel: "silent",
    },
  });
  await writeFile(join(consumer, `pages/${script}.html`), html("", `${script}.js`));

  const imports = { chainrule: "../node_modules/chainrule/dist/index.js" };
  const map = `<script type="importmap">${JSON.stringify({ imports })}</script>`;
  await writeFile(join(consumer, `pages/${script}-unbundled.html`), html(map, `../${script}.mjs`));
}
