/** Makes a tab list of buttons: arrows move between tabs, the address keeps the one that is open. */
export function tabs(list: HTMLElement, opened: (name: string) => void): (name: string) => void {
  const buttons = [...list.querySelectorAll<HTMLButtonElement>("[role=tab]")];
  const nameOf = (button: HTMLButtonElement) => button.getAttribute("aria-controls") ?? "";
  const names = buttons.map(nameOf);

  const select = (name: string) => {
    for (const button of buttons) {
      const selected = nameOf(button) === name;
      button.setAttribute("aria-selected", String(selected));
      button.tabIndex = selected ? 0 : -1;
      const panel = document.getElementById(nameOf(button));
      if (panel !== null) panel.hidden = !selected;
    }
    if (location.hash !== `#${name}`) history.replaceState(null, "", `#${name}`);
    opened(name);
  };

  list.addEventListener("click", ({ target }) => {
    const button = (target as Element).closest<HTMLButtonElement>("[role=tab]");
    if (button !== null) select(nameOf(button));
  });
  list.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const last = buttons.length - 1;
    const to = {
      ArrowRight: at === last ? 0 : at + 1,
      ArrowLeft: at === 0 ? last : at - 1,
      Home: 0,
      End: last,
    }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    buttons[to].focus();
    select(names[to]);
  });
  const ofAddress = () => names.find((name) => location.hash === `#${name}`);
  addEventListener("hashchange", () => select(ofAddress() ?? names[0]));
  select(ofAddress() ?? names[0]);
  return select;
}
