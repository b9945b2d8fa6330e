/** A place of the tour: `tour.<id>` and `tour.<id>Note` say what it is. */
export interface TourStop {
  id: "file" | "chart" | "why" | "write" | "filter" | "share" | "palette";
  anchor: Element;
}

/** The figure that the tour shows, if the notebook has it. */
const shownFirst = "#cell-cohort-retention";

/** The stops whose controls stand on the page now, in the order of the tour. */
export function tourStops(root: ParentNode = document): TourStop[] {
  const figures = [...root.querySelectorAll("section.cell .figure")].filter(isThere);
  const figure = figures.find((one) => one.closest(shownFirst)) ?? figures[0];
  const cell = figure?.closest("section.cell") ?? root.querySelector("section.cell");
  const anchors: Record<TourStop["id"], Element | null | undefined> = {
    file: root.querySelector("section.files > details"),
    chart: figure,
    why: cell?.querySelector(".tools"),
    write: cell && root.querySelector(`#${CSS.escape(cell.id)} + .add button`),
    filter: root.querySelector("section.filter"),
    share: root.querySelector(".choices .bar"),
    palette: root.querySelector("header [aria-keyshortcuts]"),
  };
  return Object.entries(anchors).flatMap(([id, anchor]) =>
    anchor && isThere(anchor) ? [{ id: id as TourStop["id"], anchor }] : [],
  );
}

function isThere(element: Element): boolean {
  return element.getClientRects().length > 0;
}
