/** Text that is HTML, and safe to stand in a page. */
export class Html {
  constructor(readonly text: string) {}
}

/** What may stand in a template: a text or a number is escaped, HTML stays as it is, nothing and false are left out. */
export type Part = Html | string | number | false | undefined | readonly Part[];

/** A template whose parts are escaped, wherever they come from: names of layers, metrics, labels and columns are anyone's. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(strings.map((string, i) => (i === 0 ? "" : textOf(parts[i - 1])) + string).join(""));
}

/** Data for a script of the page, which nothing in it can end. */
export function dataBlock(id: string, data: unknown): Html {
  const json = JSON.stringify(data).replaceAll("<", "\\u003c");
  return html`<script type="application/json" id="${id}">${new Html(json)}</script>`;
}

/** The data in such a block of a page, or nothing where it has none. @throws SyntaxError where it is damaged */
export function readDataBlock(id: string, page: string): unknown {
  const head = `<script type="application/json" id="${id}">`;
  const start = page.indexOf(head);
  const end = page.indexOf("</script>", start);
  if (start < 0 || end < 0) return undefined;
  return JSON.parse(page.slice(start + head.length, end));
}

function textOf(part: Part): string {
  if (part === undefined || part === false) return "";
  if (part instanceof Html) return part.text;
  if (typeof part === "object") return part.map(textOf).join("");
  return String(part).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
