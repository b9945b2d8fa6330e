/** The cell that has the focus; what is far away after scrolling is not meant. */
export function focusedCell(): string | undefined {
  const cell = document.activeElement?.closest("section.cell");
  if (!cell) return undefined;
  const { top, bottom } = cell.getBoundingClientRect();
  return bottom > 0 && top < innerHeight ? cell.id.replace(/^cell-/, "") : undefined;
}
