/** The text of a page by a link from the page at hand, if there is one. */
export type PageNamed = (link: string) => string | undefined;

const defined = /^Defined in: \[(.*?)(?::\d+)?\]\((.*?)\)\n\n?/gm;

/** The line that imports it, and the file that it is in, below the title. */
export function withHead(
  text: string,
  { title, entry, kind }: { readonly title: string; readonly entry: string; readonly kind: string },
): string {
  const [[, file, address] = []] = text.matchAll(defined);
  const type = kind === "interfaces" || kind === "type-aliases" ? "type " : "";
  const source = file === undefined ? "" : `\n\nSource: [${file}](${address})`;
  const head = `\`\`\`ts\nimport { ${type}${title} } from "${entry}";\n\`\`\`${source}`;
  return text.replaceAll(defined, "").replace(/^# .*$/m, (line) => `${line}\n\n${head}`);
}

/** A constructor as one calls it: with one object of options, and not with the rest that lets it be left out. */
export function withPlainOptions(text: string): string {
  return text
    .replaceAll(/\\_\\_namedParameters|__namedParameters/g, "options")
    .replace(/(new \w+\()\.\.\.options\)/, "$1options)")
    .replace(/^\| \.\.\.`options` \| \\\[`(options\??)`: (.*)\\\] \|$/m, "| `$1` | $2 |");
}

/**
 * Without what a class has from another that has a page of its own, and says nothing new of: in its place stands a list of
 * names that lead there.
 */
export function inheritedOnce(text: string, pageNamed: PageNamed): string {
  const inherited = new Map<string, Set<string>>();
  const groups = text.split(/^(?=## )/m).map((group) => {
    const [head, ...members] = group.split(/^(?=### )/m);
    const own = members.filter((member) => {
      const origin = originOf(member, pageNamed);
      if (origin === undefined) return true;
      inherited.set(origin, (inherited.get(origin) ?? new Set()).add(titleOf(member)));
      return false;
    });
    if (members.length === 0) return group;
    return own.length === 0 ? "" : `${(head + own.join("")).trimEnd().replace(/\n\*\*\*$/, "")}\n\n`;
  });
  const lists = [...inherited].map(([origin, titles]) => {
    const links = [...titles].map((title) => `[\`${title}\`](${origin}.md#${anchorOf(title)})`);
    return `From [${origin}](${origin}.md): ${links.join(", ")}.\n`;
  });
  const rest = groups.join("").replaceAll(/^#### (?:Overrides|Inherited from)\n\n.*\n\n?/gm, "");
  return lists.length === 0 ? rest : `${rest.trimEnd()}\n\n## Inherited\n\n${lists.join("\n")}`;
}

/** The class whose page says all of a member, the highest that it comes from. */
function originOf(member: string, pageNamed: PageNamed): string | undefined {
  const [, from] = /^#### (?:Inherited from|Overrides)\n\n(.*)$/m.exec(member) ?? [];
  if (from === undefined || titleOf(member) === "Constructor") return undefined;
  const [, direct] = /\]\((\w+)\.md/.exec(from) ?? [];
  // A class in between may have no page: what it has may come from one that has.
  for (const parent of direct === undefined ? ["Layer", "Optimizer"] : [direct]) {
    const members = pageNamed(`${parent}.md`)?.split(/^(?=###? )/m) ?? [];
    const original = members.find((other) => nameOf(other) === nameOf(member));
    if (original === undefined || !["", told(original)].includes(told(member))) continue;
    return originOf(original, pageNamed) ?? parent;
  }
  return undefined;
}

const titleOf = (member: string) => /^### (.*)$/m.exec(member)?.[1].replaceAll("\\", "") ?? "";

const nameOf = (member: string) => titleOf(member).replaceAll(/[()?]/g, "");

const anchorOf = (title: string) => title.toLowerCase().replaceAll(/\W/g, "");

/** What is said of a member, beside its types. */
function told(member: string): string {
  const [text] = member.replaceAll(defined, "").split(/^####(?! Get Signature)/m);
  return text.replaceAll(/^###.*$|```[^`]*```|^\*\*\*$/gm, "").trim();
}
