import type { TextStream } from "../../../src/node/terminal-bar.js";

/** What a terminal does with text, as far as a bar on one line needs it: `lines` is what one would see. */
export class Screen implements TextStream {
  readonly isTTY = true;
  /** All that was written, as it came. */
  readonly written: string[] = [];
  private readonly rows = [""];
  private column = 0;

  constructor(readonly columns = 100) {}

  get lines(): readonly string[] {
    return this.rows.map((row) => row.trimEnd());
  }

  write(text: string): boolean {
    this.written.push(text);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what terminals are told with
    for (const [part] of text.matchAll(/\x1b\[[?\d;]*[A-Za-z]|\x1b.|[^\x1b]/gu)) this.take(part);
    return true;
  }

  private take(part: string): void {
    const row = this.rows[this.rows.length - 1];
    const put = (text: string) => void this.rows.splice(-1, 1, text);
    if (part === "\n") {
      this.rows.push("");
      this.column = 0;
    } else if (part === "\x1b[1G") this.column = 0;
    else if (part === "\x1b[0K") put(row.slice(0, this.column));
    else if (part === "\x1b[2K") put("");
    else if (part.startsWith("\x1b")) throw new Error(`unexpected control sequence ${JSON.stringify(part)}`);
    else {
      if (this.column >= this.columns) throw new Error(`the line is wider than ${this.columns}: ${row}`);
      put(row.slice(0, this.column).padEnd(this.column) + part + row.slice(this.column + 1));
      this.column++;
    }
  }
}

/** A file, or a pipe. */
export class Pipe implements TextStream {
  text = "";

  write(text: string): boolean {
    this.text += text;
    return true;
  }
}
