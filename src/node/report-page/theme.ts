/** The colours of the page, as they are now: light, dark, or of paper. */
export interface Colours {
  readonly text: string;
  readonly grid: string;
  /** Of the first series, the second … */
  readonly series: readonly string[];
}

export function colours(): Colours {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string) => style.getPropertyValue(name).trim();
  return { text: read("--muted"), grid: read("--line"), series: [read("--first"), read("--second")] };
}

export const isNarrow = (): boolean => document.documentElement.clientWidth < 600;

export interface Size {
  readonly width: number;
  readonly height: number;
}
