import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, it } from "vitest";

const root = resolve(import.meta.dirname, "..");
const source = join(root, "src");

/** Rooms by floor; an arrow goes to a lower floor, never up, never sideways. */
const floors: Record<string, number> = {
  main: 5,
  reportPage: 5,
  serviceWorker: 5,
  views: 4,
  session: 3,
  intake: 2,
  charts: 2,
  report: 2,
  bundle: 1,
  catalog: 1,
  notebook: 1,
  engine: 1,
  models: 1,
  storage: 1,
  words: 1,
};

/** Rooms that only some may read. */
const readers: Record<string, string[]> = {
  words: ["views", "charts", "session"],
};

/** The one room of each package; types of a package may be named anywhere above it. */
const packages: Record<string, string[]> = {
  "@codemirror/autocomplete": ["views"],
  "@codemirror/commands": ["views"],
  "@codemirror/lang-sql": ["views"],
  "@codemirror/language": ["views"],
  "@codemirror/state": ["views"],
  "@codemirror/view": ["views"],
  "@duckdb/duckdb-wasm": ["engine"],
  "apache-arrow": ["engine"],
  "@lezer/highlight": ["views"],
  "@observablehq/plot": ["charts"],
  "hyparquet-writer": ["engine"],
  micromark: ["notebook"],
  "micromark-extension-cjk-friendly": ["notebook"],
  papaparse: ["intake"],
  "pure-rand": ["models"],
  svelte: ["main", "reportPage", "views"],
  "write-excel-file": ["engine"],
};

interface Import {
  from: string;
  to: string;
  isType: boolean;
}

it.each(sourceFiles())("%s imports only what its room may", (path) => {
  expect(straysOf(path)).toEqual([]);
});

it("has no circle of files", () => {
  const arrows = new Map(
    sourceFiles().map((path) => [
      path,
      importsOf(path)
        .filter(({ to, isType }) => to.startsWith(".") && !isType)
        .map(({ to }) => relative(source, resolve(source, dirname(path), to))),
    ]),
  );
  expect(circleIn(arrows)).toEqual([]);
});

it("names the engine in main.ts alone", () => {
  const naming = sourceFiles().filter(
    (path) =>
      !path.startsWith("engine/") && importsOf(path).some(({ to }) => /duckdbEngine/.test(to)),
  );
  expect(naming).toEqual(["main.ts"]);
});

it("has no barrel and no room for odds and ends", () => {
  const names = sourceFiles().map((path) => path.replace(/\.svelte(?=\.ts$)/, ""));
  expect(names.filter((path) => /(^|\/)index\.ts$/.test(path))).toEqual([]);
  expect(
    names.filter((path) => /(^|\/)(utils?|helpers?|types|common|shared)[./]/.test(path)),
  ).toEqual([]);
});

it("keeps every file of the source under 400 lines", () => {
  const long = sourceFiles().filter((path) => read(path).split("\n").length > 400);
  expect(long).toEqual([]);
});

it("names no business column outside of SQL and intake", () => {
  const columns = /\b(customer_key|order_number|order_date|first_order_date|days_since_previous)\b/;
  const naming = sourceFiles().filter(
    (path) => !/^(intake|words)\//.test(path) && path.endsWith(".ts") && columns.test(read(path)),
  );
  expect(naming).toEqual([]);
});

it("pins every package to one version", () => {
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Record<
    "dependencies" | "devDependencies",
    Record<string, string>
  >;
  const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
  expect(versions.filter(([, version]) => !/^(npm:.*@)?\d[\w.-]*$/.test(version))).toEqual([]);
  expect(Object.keys(manifest.dependencies).filter((name) => !(name in packages))).toEqual([]);
});

function straysOf(path: string): string[] {
  const room = roomOf(path);
  return importsOf(path)
    .filter((arrow) => !isAllowed(room, path, arrow))
    .map(({ to }) => to);
}

function isAllowed(room: string, path: string, { to, isType }: Import): boolean {
  if (to.startsWith("virtual:")) return ["engine", "report", "serviceWorker"].includes(room);
  if (!to.startsWith(".")) return isType || (packages[packageOf(to)] ?? []).includes(room);
  const target = relative(source, resolve(source, dirname(path), to.replace(/\?.*$/, "")));
  if (target.startsWith("..")) return room === "main" && target === "../package.json";
  const goal = roomOf(target);
  if (goal === room) return true;
  if (readers[goal] && !readers[goal].includes(room)) return false;
  return (floors[goal] ?? Infinity) < (floors[room] ?? -1);
}

function packageOf(name: string): string {
  return name.split("/", name.startsWith("@") ? 2 : 1).join("/");
}

function importsOf(path: string): Import[] {
  const text = read(path);
  const pattern =
    /^\s*(?:import|export)\s+(type\s)?(?:[^"';]*?\sfrom\s+)?["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']/gm;
  return [...text.matchAll(pattern)].map(([, type, to, late = ""]) => ({
    from: path,
    to: to ?? late,
    isType: type !== undefined,
  }));
}

function roomOf(path: string): string {
  return path.includes("/") ? path.slice(0, path.indexOf("/")) : path.replace(/\.\w+$/, "");
}

function sourceFiles(folder = source): string[] {
  return readdirSync(folder)
    .flatMap((name) => {
      const path = join(folder, name);
      if (statSync(path).isDirectory()) return sourceFiles(path);
      return /\.(ts|svelte)$/.test(name) && !name.endsWith(".d.ts") ? [relative(source, path)] : [];
    })
    .toSorted();
}

function read(path: string): string {
  return readFileSync(join(source, path), "utf8");
}

function circleIn(arrows: Map<string, string[]>): string[] {
  const done = new Set<string>();
  const walk = (path: string, way: string[]): string[] => {
    if (way.includes(path)) return [...way.slice(way.indexOf(path)), path];
    if (done.has(path)) return [];
    for (const next of arrows.get(path) ?? []) {
      const circle = walk(next, [...way, path]);
      if (circle.length > 0) return circle;
    }
    done.add(path);
    return [];
  };
  for (const path of arrows.keys()) {
    const circle = walk(path, []);
    if (circle.length > 0) return circle;
  }
  return [];
}
