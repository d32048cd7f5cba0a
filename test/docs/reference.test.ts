import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { optionsOf, optionsTable } from "../../docs/.vitepress/pages/options.js";
import { linksOf, targetOf } from "../../docs/.vitepress/pages/sources.js";
import { inheritedOnce, withHead, withPlainOptions } from "../../docs/.vitepress/pages/tidy.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const source = "Defined in: [src/layers/dense.ts:27](/source/src/layers/dense.ts.md)";

describe("the options in the reference", () => {
  const options = optionsOf(root, "src/index.ts");
  const namesOf = (name: string) => options.get(name)?.map((option) => option.name);

  it("are those of functions and constructors, wherever their types say so", () => {
    expect(namesOf("Dense")).toEqual(expect.arrayContaining(["units", "useBias?", "weightInitializer?"]));
    expect(namesOf("Adam")).toEqual(expect.arrayContaining(["beta1?", "learningRate?", "clipNorm?"]));
    expect(namesOf("softmaxCrossEntropy")).toEqual(["labelSmoothing?", "classWeight?", "ignoreIndex?"]);
    expect(namesOf("oneHot")).toBeUndefined();
  });

  it("say what each is", () => {
    const untold = [...options].flatMap(([name, list]) =>
      list.filter(({ text }) => text === "").map((option) => `${name}: ${option.name}`),
    );
    expect(untold).toEqual([]);
  });

  it("stand in a table, with links to the types that have pages", () => {
    const list = [
      { name: "units", type: "number", text: "How\nmany." },
      { name: "mode?", type: '"a" | "b"', text: "|x|" },
      { name: "weight?", type: "Initializer", text: "" },
    ];
    const linkOf = (type: string) => (type === "Initializer" ? "Initializer.md" : undefined);
    expect(optionsTable(list, linkOf).split("\n").slice(4, 7)).toEqual([
      "| `units` | `number` | How many. |",
      '| `mode?` | `"a" \\| "b"` | \\|x\\| |',
      "| `weight?` | [`Initializer`](Initializer.md) |  |",
    ]);
  });
});

describe("a page of the reference", () => {
  it("begins with its import and its source, said once", () => {
    const page = withHead(`# Dense\n\n${source}\n\nA layer.\n\n### forward()\n\n${source}\n\nTold.\n`, {
      title: "Dense",
      entry: "chainrule",
      kind: "classes",
    });
    expect(page).toBe(
      '# Dense\n\n```ts\nimport { Dense } from "chainrule";\n```\n\n' +
        "Source: [src/layers/dense.ts](/source/src/layers/dense.ts.md)\n\nA layer.\n\n### forward()\n\nTold.\n",
    );
  });

  it("takes one object of options, not the rest that may be left out", () => {
    const page =
      "new Dense(...__namedParameters): Dense;\n| ...`__namedParameters` | \\[`options`: `A`\\] |\n";
    expect(withPlainOptions(page)).toBe("new Dense(options): Dense;\n| `options` | `A` |\n");
  });

  it("lists what it inherits, and shows what it says anew", () => {
    const member = (name: string, text: string, from: string) => `### ${name}()\n\n${text}\n\n${from}`;
    const from = (name: string) =>
      `#### Overrides\n\n[\`Layer\`](Layer.md).[\`${name}\`](Layer.md#${name})\n`;
    const layer = `# Layer\n\n## Methods\n\n${member("build", "Builds.", "")}\n***\n\n${member("forward", "Gives y.", "")}`;
    const page = `# Dense\n\n## Methods\n\n${member("build", "Builds.", from("build"))}\n***\n\n${member("forward", "y = x·W", from("forward"))}`;
    const tidied = inheritedOnce(page, (link) => (link === "Layer.md" ? layer : undefined));
    expect(tidied).toBe(
      "# Dense\n\n## Methods\n\n### forward()\n\ny = x·W\n\n## Inherited\n\nFrom [Layer](Layer.md): [`build()`](Layer.md#build).\n",
    );
    const below = inheritedOnce(page.replaceAll("Layer", "Dense"), (link) =>
      link === "Dense.md" ? page : layer,
    );
    expect(below).toContain("From [Layer](Layer.md): [`build()`](Layer.md#build).");
    expect(inheritedOnce(page, () => undefined)).toContain("### build()");
  });
});

it("finds the files that pages link to", () => {
  expect(linksOf("[a](../x.ts) ```\n[b](y)\n``` [c](https://example.org)\n[d]: ../z.md\n")).toEqual([
    "../x.ts",
    "../z.md",
  ]);
  expect(targetOf("docs/guide/a.md", "../../src/x.ts#there")).toBe("src/x.ts");
  expect(targetOf("docs/api/a.md", "/source/src/x.ts.md")).toBe("src/x.ts");
});
