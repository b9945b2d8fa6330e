/** The notebook as a script for the DuckDB command line. */
export const script = {
  "document.script": "Save as SQL script…",
  "script.title": "Save as SQL script",
  "script.lead":
    "One file for the DuckDB command line: it makes the tables from your files with the statements that this page ran, and then computes every cell, with its settings and the filter. Run it in the folder where the files lie:",
  "script.files": "Files that it reads",
  "script.own": "your file, as it is",
  "script.mended": "as it was mended or unpacked in this page: save it beside the script",
  "script.saveFile": "Save {name}",
  "script.saveShort": "Save",
  "script.save": "Save the script",
  "script.failed": "The script could not be made: {message}",
  "script.made":
    "Made with Perennial {version}. For the DuckDB command line, 1.4.3 or later: duckdb < this file",
  "script.reads": "Reads from the folder in which it is run: {files}",
  "script.tables": "==== The tables, made from the files as the page made them",
  "script.cells": "==== The cells of the notebook",
  "script.marked": "The customers that the filter takes from a mark",
  "script.cell": "cell: {id}",
  "script.filtered": "narrowed by the notebook's filter",
  "script.said": "in the page: {sentence}",
  "script.model":
    "A model computes this figure in the page, which SQL does not: this gives the rows that the model reads.",
  "script.lost": "It reads the cell {cell}, which has no SQL.",
  "script.leftOut": "left out: {why}",
};
