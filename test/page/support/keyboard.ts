import type { Page } from "playwright-core";

/** What Tab stops at, in order, each with whether one sees that it has the focus. */
export async function tabThrough(page: Page): Promise<{ name: string; isMarked: boolean }[]> {
  await page.evaluate(() => {
    // Tab would begin at the part of the page that the address names.
    const start = document.createElement("span");
    start.tabIndex = -1;
    document.body.prepend(start);
    start.focus();
  });
  const stops: { name: string; isMarked: boolean }[] = [];
  for (let i = 0; i < 400; i++) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === null || element === document.body || element.hasAttribute("data-tabbed")) return null;
      element.setAttribute("data-tabbed", "");
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
      const isMarked =
        (outlineStyle !== "none" && Number.parseFloat(outlineWidth) > 0) || boxShadow !== "none";
      const label = element.getAttribute("aria-label") ?? element.textContent?.trim() ?? "";
      return {
        name: `${element.localName} ${element.id || element.getAttribute("name") || label}`,
        isMarked,
      };
    });
    if (stop === null) break;
    stops.push(stop);
  }
  return stops;
}

/** What can be used with a pointer, and was not reached by `tabThrough`: the others of a group that arrows go through aside. */
export const unreached = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const controls =
      "button, select, input, textarea, summary, a[href], [tabindex='0'], canvas[role=application]";
    return [...document.querySelectorAll<HTMLInputElement>(controls)]
      .filter((element) => element.checkVisibility({ visibilityProperty: true }))
      .filter((element) => !element.disabled && !element.hasAttribute("data-tabbed"))
      .filter((element) => element.type !== "radio" && element.tabIndex >= 0)
      .map((element) => element.outerHTML.slice(0, 100));
  });

/** The controls that a screen reader could not name. */
export const unnamed = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLInputElement>("button, select, input, canvas, [tabindex='0']")]
      .filter((element) => element.checkVisibility({ visibilityProperty: true }))
      .filter((element) => {
        const labels = [...(element.labels ?? [])].map(({ textContent }) => textContent);
        const own =
          element.localName === "button" || element.localName === "summary" ? element.textContent : "";
        const attributes = ["aria-label", "aria-labelledby", "title"].map((name) =>
          element.getAttribute(name),
        );
        const isHidden = element.closest("[aria-hidden=true]") !== null;
        return !isHidden && ![...labels, own, ...attributes].some((name) => name?.trim());
      })
      .map((element) => element.outerHTML.slice(0, 100)),
  );
