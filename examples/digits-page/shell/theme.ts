/** The tokens of shell/tokens.css that drawings use. */
export interface Palette {
  readonly paper: string;
  readonly raised: string;
  readonly ink: string;
  readonly soft: string;
  readonly line: string;
  readonly plus: string;
  readonly minus: string;
  readonly zero: string;
  readonly accent: string;
}

const names = ["paper", "raised", "ink", "soft", "line", "plus", "minus", "zero", "accent"] as const;
const system = matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<(palette: Palette) => void>();

/** The colours of the theme in force, as a canvas takes them. */
export function palette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const entries = names.map((name) => [name, style.getPropertyValue(`--${name}`)]);
  return Object.fromEntries(entries) as Record<(typeof names)[number], string>;
}

/** Calls now, and whenever the theme changes. Returns what ends that. */
export function onPalette(listener: (palette: Palette) => void): () => void {
  listeners.add(listener);
  listener(palette());
  return () => listeners.delete(listener);
}

/** A button that goes between light and dark; until it is pressed, the theme is the system's. */
export function themeSwitch(button: HTMLButtonElement): void {
  const root = document.documentElement;
  const chosen = recall();
  if (chosen !== null) root.dataset.theme = chosen;
  const isDark = () => (root.dataset.theme ?? (system.matches ? "dark" : "light")) === "dark";
  const update = () => {
    button.textContent = isDark() ? "☀ Light" : "☾ Dark";
    button.setAttribute("aria-label", isDark() ? "Use light colours" : "Use dark colours");
    const colours = palette();
    for (const listener of listeners) listener(colours);
  };
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    remember(root.dataset.theme);
    update();
  });
  system.addEventListener("change", update);
  update();
}

// A page may be opened where nothing can be stored.
function recall(): string | null {
  try {
    return localStorage.getItem("theme");
  } catch {
    return null;
  }
}

function remember(theme: string): void {
  try {
    localStorage.setItem("theme", theme);
  } catch {
    // Then the choice holds until the page is closed.
  }
}
