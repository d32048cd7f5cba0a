import type { ComponentChildren } from "preact";
import { number } from "../format.js";

/** A letter of a formula, with an index. */
export function Letter({ of, index }: { of: string; index?: string | number }) {
  return (
    <span class="letter">
      <i>{of}</i>
      {index !== undefined && <sub>{index}</sub>}
    </span>
  );
}

/** ∂L/∂(…), one above the other. */
export function Derivative({
  of = <Letter of="L" />,
  by,
}: {
  of?: ComponentChildren;
  by: ComponentChildren;
}) {
  return (
    <span class="fraction">
      <span>∂{of}</span>
      <span>∂{by}</span>
    </span>
  );
}

/** A part of a formula with its number below, coloured by its sign. */
export function Term({ value, children }: { value: number | undefined; children: ComponentChildren }) {
  const sign = value === undefined || value === 0 ? "zero" : value < 0 ? "minus" : "plus";
  return (
    <span class="term">
      <span class="symbol">{children}</span>
      <b class={sign}>{value === undefined ? "–" : number(value)}</b>
    </span>
  );
}

/** A sign between terms, which stands on their line of letters. */
export const Sign = ({ children }: { children: string }) => <span class="sign">{children}</span>;

/** A formula in letters, with the numbers of this moment below. */
export function Formula({ children }: { children: ComponentChildren }) {
  return (
    <p class="formula" role="math">
      {children}
    </p>
  );
}
