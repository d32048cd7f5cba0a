export interface MoreProps {
  readonly what: string;
  readonly count: number;
  readonly least: number;
  readonly most: number;
  choose(count: number): void;
}

/** One more or one fewer. */
export function More({ what, count, least, most, choose }: MoreProps) {
  return (
    <span class="more">
      <button
        type="button"
        aria-label={`Remove a ${what}`}
        disabled={count <= least}
        onClick={() => choose(count - 1)}
      >
        −
      </button>
      <span>{count}</span>
      <button
        type="button"
        aria-label={`Add a ${what}`}
        disabled={count >= most}
        onClick={() => choose(count + 1)}
      >
        +
      </button>
    </span>
  );
}
