/** Where lines to and from a unit end: the middles of its left and right sides. */
export interface Ends {
  readonly left: number;
  readonly right: number;
  readonly y: number;
}

/** Where each unit is, column by column; sets the canvas to the size of what it lies under. */
export function endsIn(parent: HTMLElement, canvas: HTMLCanvasElement | null): readonly (readonly Ends[])[] {
  const box = parent.getBoundingClientRect();
  if (canvas !== null) {
    const ratio = devicePixelRatio;
    [canvas.width, canvas.height] = [Math.round(box.width * ratio), Math.round(box.height * ratio)];
  }
  const columns: Ends[][] = [];
  for (const element of parent.querySelectorAll<HTMLElement>("[data-column]")) {
    const { left, right, top, height } = element.getBoundingClientRect();
    const column = Number(element.dataset.column);
    columns[column] ??= [];
    columns[column].push({ left: left - box.left, right: right - box.left, y: top + height / 2 - box.top });
  }
  return columns;
}
