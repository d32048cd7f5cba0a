/**
 * Draws the pictures of the guide, all numbers in them computed by the library.
 *
 *     npm run docs:pictures
 */
import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { home, pictures } from "./pictures.js";

const site = fileURLToPath(new URL("../public/home.svg", import.meta.url));
await writeFile(site, await home());

const folder = fileURLToPath(new URL("../guide/images/", import.meta.url));
await mkdir(folder, { recursive: true });
for (const [name, draw] of Object.entries(pictures)) {
  await writeFile(`${folder}${name}.svg`, await draw());
  console.log(`docs/guide/images/${name}.svg`);
}
