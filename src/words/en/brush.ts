/** Choosing days along the axis of a figure. */
export const brush = {
  "brush.first": "First orders from {from} to {to}",
  "brush.until": "Orders until {to}",
  "brush.keys":
    "Shift with the arrow keys chooses a range along the axis, Enter narrows the notebook to it, Escape gives it up.",
  "brush.hintFirst":
    "Drag over the cohorts (or Shift and the arrow keys) to narrow the other figures to them.",
  "brush.hintUntil":
    "Drag along the periods (or Shift and the arrow keys) to end the notebook's time there.",
  "brush.own": "The other figures are narrowed to this range; this one is not.",
  "brush.clear": "Clear the range",
  "rename.table": "The shop's data has a table of that name: {name}",
  "rename.inside": "The cell {cell} reads this one and calls a table of its own {name}",
};
