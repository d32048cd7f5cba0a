const OFF = "chainrule-report-off";
const OPEN = "chainrule-report-open";

/** Looks for a newer report every 5 seconds, unless the reader has switched that off; what was unfolded stays so. */
export function watchTraining(): void {
  const box = document.getElementById("live") as HTMLInputElement | null;
  const folds = [...document.querySelectorAll("details")];
  const open = (read(OPEN) ?? "").split(" ");
  for (const fold of folds) fold.open = open.includes(fold.id);
  if (box !== null) box.checked = read(OFF) === null;
  setInterval(() => {
    if (box?.checked !== true) return;
    keep(
      OPEN,
      folds
        .filter((fold) => fold.open)
        .map(({ id }) => id)
        .join(" "),
    );
    location.reload();
  }, 5000);
  box?.addEventListener("change", () => keep(OFF, box.checked ? null : "off"));
}

/** A page from a disk may not be allowed to remember. */
function read(name: string): string | null {
  try {
    return sessionStorage.getItem(name);
  } catch {
    return null;
  }
}

function keep(name: string, text: string | null): void {
  try {
    if (text === null) sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, text);
  } catch {
    // Then it is forgotten.
  }
}
