/** Where the units of one stage stand: their middles, and one radius. */
export interface Units {
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly radius: number;
}

/** Where everything stands, in CSS pixels. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  /** Whether the network runs downwards, as on a phone, and not to the right. */
  readonly down: boolean;
  readonly image: { readonly x: number; readonly y: number; readonly side: number };
  readonly stages: readonly Units[];
  /** Bars of probability begin at the outputs, and are at most this long. */
  readonly bar: number;
}

const TITLE = 34;

/** A layout for stages of so many units each, in a canvas of this width. */
export function layoutOf(units: readonly number[], width: number): Layout {
  return width < 620 ? downwards(units, width) : rightwards(units, width);
}

function rightwards(units: readonly number[], width: number): Layout {
  const height = Math.min(440, Math.max(380, width * 0.45));
  const room = height - TITLE - 8;
  const side = Math.min(room, Math.floor((width * 0.29) / 28) * 28);
  const image = { x: 4, y: TITLE + (room - side) / 2, side };
  const bar = Math.min(170, width * 0.17);
  const free = width - side - 4 - bar - 44;
  const blocks = narrowed(
    units.map((n) => blockOf(n, 32, room, 26)),
    free - 40 * units.length,
  );
  const gap = (free - depthOf(blocks)) / units.length;
  let x = image.x + side;
  const stages = blocks.map((block) => {
    x += gap;
    const placed = place(block, (along, across) => [x + along, TITLE + room / 2 + across]);
    x += block.depth;
    return placed;
  });
  return { width, height, down: false, image, stages, bar };
}

function downwards(units: readonly number[], width: number): Layout {
  const side = 168;
  const image = { x: (width - side) / 2, y: TITLE, side };
  const bar = 72;
  const last = units.length - 1;
  const blocks = units.map((n, i) => blockOf(n, i === last ? 10 : 20, width - 8, i === last ? 34 : 22));
  let y = image.y + side;
  const stages = blocks.map((block) => {
    y += 84;
    const placed = place(block, (along, across) => [width / 2 + across, y + along]);
    y += block.depth;
    return placed;
  });
  return { width, height: y + bar + 52, down: true, image, stages, bar };
}

/** A block of lines of up to `line` units each, from the middle of its side that faces what comes before. */
interface Block {
  readonly count: number;
  readonly line: number;
  readonly pitch: number;
  readonly depth: number;
}

function blockOf(count: number, line: number, room: number, most: number): Block {
  // Lines of one length, and longer ones where there would be many.
  const longest = count > 4 * line ? Math.max(line, 40) : line;
  line = Math.ceil(count / Math.ceil(count / longest));
  const pitch = Math.min(most, room / line);
  return { count, line, pitch, depth: pitch * Math.ceil(count / line) };
}

const depthOf = (blocks: readonly Block[]) => blocks.reduce((sum, { depth }) => sum + depth, 0);

/** Smaller, where they would be too deep together. */
function narrowed(blocks: readonly Block[], room: number): Block[] {
  const share = Math.min(1, room / depthOf(blocks));
  return blocks.map((block) => ({ ...block, pitch: share * block.pitch, depth: share * block.depth }));
}

function place(
  { count, line, pitch }: Block,
  at: (along: number, across: number) => [number, number],
): Units {
  const [x, y] = [new Float32Array(count), new Float32Array(count)];
  for (let i = 0; i < count; i++) {
    const along = Math.floor(i / line) + 0.5;
    const across = (i % line) + 0.5 - line / 2;
    [x[i], y[i]] = at(along * pitch, across * pitch);
  }
  return { x, y, radius: Math.min(11, pitch * 0.38) };
}

/** The middle of a pixel of the picture. */
export function pixelAt({ image: { x, y, side } }: Layout, pixel: number): [number, number] {
  const cell = side / 28;
  return [x + ((pixel % 28) + 0.5) * cell, y + (Math.floor(pixel / 28) + 0.5) * cell];
}

/** The unit at a place of the canvas, or next to it. */
export function unitNear(
  { stages }: Layout,
  x: number,
  y: number,
): { stage: number; unit: number } | undefined {
  for (const [stage, units] of stages.entries()) {
    const reach = (units.radius / 0.38) * 0.72;
    for (let unit = 0; unit < units.x.length; unit++) {
      if (Math.hypot(units.x[unit] - x, units.y[unit] - y) <= reach) return { stage, unit };
    }
  }
  return undefined;
}
