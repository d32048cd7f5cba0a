// Makes texts of the script and the style of a report, with the charts in them, so that a report is one file and needs
// nothing else. Runs by itself after `npm ci` and `npm install`.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const read = (path) => readFile(`${root}/${path}`, "utf8");

/** What the page runs and looks like, each in one piece; the licence of the charts goes with them. */
export async function bundleReportPage() {
  const common = {
    bundle: true,
    minify: true,
    write: false,
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
  };
  const page = `${root}/src/node/report-page`;
  const script = await build({
    ...common,
    entryPoints: [`${page}/main.ts`],
    format: "iife",
    platform: "browser",
  });
  const style = await build({
    ...common,
    stdin: {
      contents: '@import "uplot/dist/uPlot.min.css"; @import "./style.css";',
      loader: "css",
      resolveDir: page,
    },
  });
  const licence = `/*! uPlot: ${(await read("node_modules/uplot/LICENSE")).trim()} */\n`;
  const texts = [licence + script.outputFiles[0].text.trim(), style.outputFiles[0].text.trim()];
  for (const text of texts) {
    if (/<\/(script|style)|<!--/i.test(text))
      throw new Error("A text expects to stand in a page, but would end its element.");
  }
  const { version } = JSON.parse(await read("package.json"));
  return { reportScript: texts[0], reportStyle: texts[1], version };
}

/** The module that exports them. */
export function moduleOf(texts) {
  const lines = Object.entries(texts).map(
    ([name, text]) => `export const ${name} = ${JSON.stringify(text)};\n`,
  );
  return `// Made by scripts/build-report-page.mjs.\n\n${lines.join("")}`;
}

// Imported by a test, it only shows what it would write.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const texts = await bundleReportPage();
  const folder = `${root}/src/node/generated`;
  await mkdir(folder, { recursive: true });
  await writeFile(`${folder}/report-page.ts`, moduleOf(texts));
  console.log(`the page of a report: ${texts.reportScript.length + texts.reportStyle.length} bytes`);
}
