/** Writes another number into the code that is shown, at the line of that slider. */
export function showNumber(shown: HTMLElement, name: string, value: number): void {
  const line = [...shown.querySelectorAll(".line")].find((one) =>
    one.textContent?.startsWith(`const ${name} = `),
  );
  const parts = [...(line?.children ?? [])];
  const number = parts.findIndex((part) => /^\s*-?[\d.]+$/.test(part.textContent ?? ""));
  if (number < 0) return;
  // A sign stands apart, in the colour of operators.
  const before = parts[number - 1];
  if (before) before.textContent = (before.textContent ?? "").replace(/-$/, "");
  parts[number].textContent = (parts[number].textContent ?? "").replace(/-?[\d.]+/, String(value));
}
