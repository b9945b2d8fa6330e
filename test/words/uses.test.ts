import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { en } from "../../src/words/en.ts";

const source = new URL("../../src/", import.meta.url);
const files = readdirSync(source, { recursive: true, encoding: "utf8" })
  .filter((path) => /\.(ts|svelte)$/.test(path) && !path.startsWith("words/"))
  .map((path) => readFileSync(new URL(path, source), "utf8"))
  .concat(readFileSync(new URL("words/words.ts", source), "utf8"));
const text = files.join("\n");
const keys = Object.keys(en);

/** Families whose keys end in a code of another room: the start of the key stands in a template. */
const starts = [...text.matchAll(/`([a-z]\w*\.[\w.-]*)\$\{/g)].map(([, start]) => start ?? "");

/** Families of errors: their start is put together from a family and a code. */
const errors = [
  "bundle.why.",
  "document.fault.",
  "document.why.",
  "engine.",
  "model.",
  "refusal.",
  "statement.",
];

it("has no word that nothing says", () => {
  const isSaid = (key: string) =>
    text.includes(`"${key}"`) || [...starts, ...errors].some((start) => key.startsWith(start));
  expect(keys.filter((key) => !isSaid(key))).toEqual([]);
});

it("has every word that is asked for", () => {
  const asked = [...text.matchAll(/\b(?:text|word|tell)\((?:\w+, )*"([a-z]\w*\.[\w.-]+)"/g)];
  expect(asked.length).toBeGreaterThan(100);
  expect(asked.map(([, key]) => key).filter((key) => !keys.includes(key ?? ""))).toEqual([]);
});

it("has words for every error that the engine, the intake and the models tell apart", () => {
  const codesOf = (path: string, type: string) => {
    const [, union = ""] =
      new RegExp(`type ${type} =([^;]+);`).exec(readFileSync(new URL(path, source), "utf8")) ?? [];
    return [...union.matchAll(/"([\w-]+)"/g)].map(([, code]) => code);
  };
  const wanted = [
    ...codesOf("engine/engine.ts", "EngineErrorCode").map((code) => `engine.${code}`),
    ...codesOf("intake/intakeError.ts", "IntakeErrorCode").map((code) => `refusal.${code}`),
    ...codesOf("bundle/bundleError.ts", "BundleErrorCode").map((code) => `bundle.why.${code}`),
    ...codesOf("models/diagnose.ts", "DiagnosticCode").map((code) => `model.${code}`),
  ];
  expect(wanted.length).toBeGreaterThan(40);
  expect(wanted.filter((key) => !keys.includes(key))).toEqual([]);
});
