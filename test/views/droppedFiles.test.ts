import { expect, it } from "vitest";
import { droppedFiles } from "../../src/views/droppedFiles.ts";

type Tree = { [name: string]: Tree | string | Error };

/** A drop as the browser hands it over; a folder gives its entries two at a time. */
function drop(tree: Tree): DataTransfer {
  const entries = Object.entries(tree).map(([name, node]) => toEntry(name, `/${name}`, node));
  const files = Object.entries(tree).map(([name, node]) => new File([String(node)], name));
  const items = entries.map((entry) => ({ kind: "file", webkitGetAsEntry: () => entry }));
  return { files, items: [...items, { kind: "string" }] } as unknown as DataTransfer;
}

function toEntry(name: string, fullPath: string, node: Tree[string]): unknown {
  if (typeof node === "string" || node instanceof Error) {
    const file = (resolve: (file: File) => void, reject: (error: Error) => void) =>
      typeof node === "string" ? resolve(new File([node], name)) : reject(node);
    return { name, fullPath, isFile: true, isDirectory: false, file };
  }
  const children = Object.entries(node).map(([child, inner]) =>
    toEntry(child, `${fullPath}/${child}`, inner),
  );
  const createReader = () => {
    const rest = [...children];
    return { readEntries: (resolve: (some: unknown[]) => void) => resolve(rest.splice(0, 2)) };
  };
  return { name, fullPath, isFile: false, isDirectory: true, createReader };
}

const namesOf = async (tree: Tree) => (await droppedFiles(drop(tree))).map(({ name }) => name);

it("gives plain files as they are", async () => {
  expect(await namesOf({ "b.csv": "1", ".a.csv": "2" })).toEqual(["b.csv", ".a.csv"]);
});

it("gives every file of a folder by its path, in order, without hidden ones", async () => {
  const tree = {
    "x.csv": "0",
    ".shop": {
      "c.csv": "3",
      "a.csv": "1",
      ".DS_Store": "",
      "~$book.xlsx": "",
      ".git": { "d.csv": "" },
      sub: { "b.csv": "2", __MACOSX: { "e.csv": "" } },
    },
  };
  expect(await namesOf(tree)).toEqual(["x.csv", ".shop/a.csv", ".shop/c.csv", ".shop/sub/b.csv"]);
  const [, file] = await droppedFiles(drop(tree));
  expect(await file!.text()).toBe("1");
});

it("leaves an empty file where something cannot be opened or nothing is there", async () => {
  const files = await droppedFiles(drop({ shop: { "a.csv": new Error("gone"), "b.csv": "2" } }));
  expect(files.map(({ name, size }) => [name, size])).toEqual([
    ["shop/a.csv", 0],
    ["shop/b.csv", 1],
  ]);
  expect(await namesOf({ empty: { ".hidden": "x" } })).toEqual(["empty"]);
});

it("stops at one file more than an import takes", async () => {
  const many = Object.fromEntries(Array.from({ length: 2100 }, (_, i) => [`${i}.csv`, "x"]));
  expect(await namesOf({ many })).toHaveLength(2001);
});
