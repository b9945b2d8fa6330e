/** Cells of SQL: what is wrong with one, its editor and its charts. */
export const sql = {
  "statement.source": "It reads {cell}, which has no result. Put that cell right first.",
  "statement.circle":
    "These cells read each other in a circle: {way}. One of them must do without the next.",
  "statement.frontMatter": "Line {line} of the front matter cannot be read: {what}",
  "statement.empty": "There is no statement in this cell yet. Begin with select, with or from.",
  "statement.writes":
    "A cell reads and changes nothing. It begins with select, with or from, and not with {word}.",
  "statement.several":
    "A cell is one statement; after its end stands {word}. Put the second one into a cell of its own.",
};
