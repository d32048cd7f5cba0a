import { existsSync, readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { fileURLToPath } from "node:url";
import type { DefaultTheme } from "vitepress";
import { entries } from "./pages/entries.js";

type Item = DefaultTheme.SidebarItem;

const docs = fileURLToPath(new URL("..", import.meta.url));
const exists = (path: string) => existsSync(`${docs}${path}`);

/** A page by its own title. */
function page(path: string): Item {
  return { text: titleOf(path), link: `/${path}` };
}

function titleOf(path: string): string {
  const title = /^# (.*)$/m.exec(readFileSync(`${docs}${path}`, "utf8"))?.[1] ?? path;
  return title.replaceAll(/[`*]/g, "");
}

/** The pages of a folder in the order of their names. */
function folder(path: string): Item[] {
  if (!exists(path)) return [];
  const names = readdirSync(`${docs}${path}`).filter((name) => name.endsWith(".md") && name !== "index.md");
  return names.sort().map((name) => page(`${path}/${name}`));
}

/** The pages of the cookbook, as its first page lists them; others at the end. */
function cookbook(): Item[] {
  const index = readFileSync(`${docs}cookbook/index.md`, "utf8");
  const place = ({ link = "" }: Item) => {
    const at = index.indexOf(`](${posix.basename(link)})`);
    return at < 0 ? index.length : at;
  };
  return folder("cookbook").sort((a, b) => place(a) - place(b));
}

const kinds = ["classes", "functions", "interfaces", "type-aliases", "variables"];
const packages = entries().map(({ name }) => name);

/** Where else to look in the API. */
const overview = packages.map((entry) => ({ text: entry, link: `/api/${entry}/` }));

/** Beside a class the classes of its entry, beside a function the functions: all of them would weigh on every page. */
const reference = packages.flatMap((entry) =>
  kinds.map((kind): [string, Item[]] => [
    `/api/${entry}/${kind}/`,
    [
      { text: "API", items: overview },
      { text: `${entry}: ${kind.replace("-", " ")}`, items: names(`api/${entry}/${kind}`) },
    ],
  ]),
);

function names(path: string): Item[] {
  if (!exists(path)) return [];
  const files = readdirSync(`${docs}${path}`).sort((a, b) => a.localeCompare(b, "en"));
  return files.map((file) => ({ text: file.replace(/\.md$/, ""), link: `/${path}/${file}` }));
}

const written: Item[] = [
  { text: "Guide", items: folder("guide") },
  { text: "Cookbook", link: "/cookbook/", collapsed: true, items: cookbook() },
  {
    text: "Using it",
    collapsed: true,
    items: [
      "catalogue",
      "data",
      "tables",
      "readers",
      "files",
      "mpi",
      "mpi-engine",
      "mpi-recipes",
      "mpi-performance",
      "training-tools",
      "troubleshooting",
      "digits-page",
    ].map((name) => page(`${name}.md`)),
  },
  {
    text: "From and to others",
    collapsed: true,
    items: [
      ...["onnx", "pytorch", "keras", "numpy"].map((name) => page(`${name}.md`)),
      ...folder("migration"),
    ],
  },
  {
    text: "Inside",
    collapsed: true,
    items: [
      ...["architecture", "performance", "quality", "robustness", "support"].map((name) =>
        page(`${name}.md`),
      ),
      page("source/CONTRIBUTING.md"),
      page("source/CHANGELOG.md"),
    ].filter(({ link }) => exists(link?.slice(1) ?? "")),
  },
];

export const sidebar: DefaultTheme.Sidebar = {
  "/": written,
  "/api/": [{ text: "API", items: overview }],
  ...Object.fromEntries(reference),
};

export const nav: DefaultTheme.NavItem[] = [
  { text: "Guide", link: "/guide/01-a-neuron", activeMatch: "/guide/" },
  { text: "Cookbook", link: "/cookbook/", activeMatch: "/cookbook/" },
  { text: "Catalogue", link: "/catalogue" },
  { text: "API", link: "/api/", activeMatch: "/api/" },
];
