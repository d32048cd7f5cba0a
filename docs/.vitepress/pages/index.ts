// Makes the pages of the site that nobody writes: the API reference in docs/api, and in docs/source a page for each file
// outside of docs that a page links to, so that no link leads out of the site. Git ignores both.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeReference } from "./reference.js";
import { writeSources } from "./sources.js";

const root = fileURLToPath(new URL("../../..", import.meta.url));

for (const folder of ["docs/api", "docs/source"])
  rmSync(join(root, folder), { recursive: true, force: true });
writeReference(root);
writeSources(root);
