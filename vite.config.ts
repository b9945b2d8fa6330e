import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join, relative } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { build } from "vite";
import type { Plugin, PluginOption, Rolldown } from "vite";
import { defineConfig } from "vitest/config";
import type { TestProjectInlineConfiguration } from "vitest/config";
import { framePage, headerRules, headersOf, pagePolicy } from "./src/engine/contentPolicy.ts";
import { workerPrelude } from "./src/engine/workerPrelude.ts";

/** What holds the page to times; alone, so that no neighbour takes the processor away. */
const timed = ["test/browser/engine.test.ts", "test/browser/page/cancelling.test.ts"];

export default defineConfig({
  root: "src",
  base: "./",
  publicDir: "../public",
  build: {
    outDir: "../dist",
    emptyOutDir: true,
    target: "es2023",
    chunkSizeWarningLimit: 1500,
  },
  worker: { format: "es" },
  plugins: [svelte(), engineFiles(), reportViewer(), contentPolicy(), pageInFrames(), offline()],
  test: {
    root: ".",
    projects: [
      {
        extends: true,
        test: {
          name: "node",
          root: ".",
          environment: "node",
          include: ["test/**/*.test.ts"],
          exclude: ["test/browser/**"],
          setupFiles: ["test/propertySeed.ts"],
          // the machine may be busy
          testTimeout: 60_000,
          hookTimeout: 120_000,
          maxWorkers: "100%",
          sequence: { groupOrder: 0 },
          env: { TZ: "UTC" },
        },
      },
      browser("browser", {
        include: ["test/browser/**/*.test.ts"],
        exclude: timed,
        maxWorkers: 2,
        sequence: { groupOrder: 1 },
      }),
      browser("browser-timed", {
        include: timed,
        maxWorkers: 1,
        sequence: { groupOrder: 2 },
      }),
    ],
  },
});

function browser(
  name: string,
  which: TestProjectInlineConfiguration["test"],
): TestProjectInlineConfiguration {
  return {
    extends: true,
    test: {
      name,
      root: ".",
      environment: "node",
      globalSetup: ["test/browser/support/globalSetup.ts"],
      setupFiles: ["test/propertySeed.ts", "test/browser/support/closeBrowser.ts"],
      testTimeout: 120_000,
      hookTimeout: 180_000,
      env: { TZ: "UTC" },
      ...which,
    },
  };
}

interface Asset {
  path: string;
  source: Buffer;
  bytes: number;
  sha256: string;
}

/**
 * Ships the engine's wasm and worker gzip compressed (34 MB is over the limit of some hosts, 7.6 is
 * not), named by their content, and tells the page their paths, sizes and checksums.
 */
export function engineFiles(): Plugin {
  const id = "virtual:engine-files";
  const require = createRequire(import.meta.url);
  const wasmPath = require.resolve("@duckdb/duckdb-wasm/dist/duckdb-eh.wasm");
  const workerPath = require.resolve("@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js");
  let assets: Promise<[Asset, Asset]> | undefined;
  const getAssets = () =>
    (assets ??= Promise.all([toAsset(wasmPath), toAsset(workerPath, toStrictWorker)]));
  let isBuild = false;
  return {
    name: "perennial:engine-files",
    configResolved(config) {
      isBuild = config.command === "build";
    },
    resolveId: (source) => (source === id ? `\0${id}` : undefined),
    async load(resolved) {
      if (resolved !== `\0${id}`) return undefined;
      const [wasm, worker] = await getAssets();
      if (isBuild) {
        for (const { path, source } of [wasm, worker]) {
          this.emitFile({ type: "asset", fileName: path, source });
        }
      }
      const { version } = JSON.parse(
        await readFile(join(dirname(wasmPath), "../package.json"), "utf8"),
      ) as { version: string };
      return [
        `export const engineVersion = ${JSON.stringify(version)};`,
        `export const wasmFile = ${describe(wasm)};`,
        `export const workerFile = ${describe(worker)};`,
      ].join("\n");
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const path = request.url?.split("?")[0]?.slice(1);
        if (!path?.startsWith("engine/")) return next();
        void getAssets().then((all) => {
          const asset = all.find((candidate) => candidate.path === path);
          if (!asset) return next();
          response.setHeader("Content-Type", "application/gzip");
          response.end(asset.source);
        }, next);
      });
    },
  };

  function describe({ path, source, bytes, sha256 }: Asset): string {
    return JSON.stringify({ path, shippedBytes: source.length, bytes, sha256 });
  }
}

/**
 * The program that a report carries (`src/reportPage.ts` and all it stands on) as one classic script and one
 * style sheet, in the form of text: a report has no other file beside it.
 */
export function reportViewer(): Plugin {
  const id = "virtual:report-viewer";
  let viewer: Promise<string> | undefined;
  return {
    name: "perennial:report-viewer",
    resolveId: (source) => (source === id ? `\0${id}` : undefined),
    load: (resolved) => (resolved === `\0${id}` ? (viewer ??= buildViewer()) : undefined),
  };
}

async function buildViewer(): Promise<string> {
  const { code, styles } = await buildScript("reportPage.ts", svelte());
  // nothing in it may end the element that it stands in
  const script = code.replace(/<(?=\/script|script|!--)/gi, "\\x3c");
  const tokens = await readFile(join(import.meta.dirname, "src/app.css"), "utf8");
  const style = [tokens, ...styles].join("\n");
  return `export const script = ${JSON.stringify(script)};\nexport const style = ${JSON.stringify(style)};`;
}

/** Puts the policy into the page, and for the hosts that read it, a `_headers` file beside it. */
export function contentPolicy(): Plugin {
  let isBuild = false;
  return {
    name: "perennial:content-policy",
    configResolved(config) {
      isBuild = config.command === "build";
    },
    transformIndexHtml() {
      // the development server talks to its page over a web socket
      const content = isBuild ? pagePolicy : pagePolicy.replace("connect-src", "connect-src ws:");
      return [
        {
          tag: "meta",
          attrs: { "http-equiv": "Content-Security-Policy", content },
          injectTo: "head-prepend",
        },
      ];
    },
    configurePreviewServer(server) {
      server.middlewares.use((request, response, next) => {
        const path = request.url?.split("?")[0] ?? "/";
        for (const [name, value] of Object.entries(headersOf(path)))
          response.setHeader(name, value);
        next();
      });
    },
    generateBundle() {
      this.emitFile({ type: "asset", fileName: "_headers", source: headerRules() });
    },
  };
}

/** Lays `framePage` beside the page, out of which it is made. */
function pageInFrames(): Plugin {
  return {
    name: "perennial:page-in-frames",
    configureServer({ config, middlewares, transformIndexHtml }) {
      middlewares.use((request, response, next) => {
        if (request.url?.split("?")[0] !== `/${framePage}`) return next();
        void readFile(join(config.root, "index.html"), "utf8")
          .then((page) => transformIndexHtml("/index.html", toFramePage(page)))
          .then((page) => response.setHeader("Content-Type", "text/html").end(page))
          .catch(next);
      });
    },
    generateBundle: {
      order: "post", // the page stands, with the links to its scripts
      handler(_options, bundle) {
        const page = bundle["index.html"];
        if (page?.type !== "asset") throw new Error("no index.html to make a page for frames of");
        const source = toFramePage(String(page.source));
        this.emitFile({ type: "asset", fileName: framePage, source });
      },
    },
  };
}

/** Says that it is in a frame; is not to be installed, and not to be found by itself. */
function toFramePage(page: string): string {
  return page
    .replace(/<html[^>]*/, "$& data-frame")
    .replace(/\s*<(meta name="theme-color"|link rel="(apple-touch-icon|manifest)")[^>]*>/g, "")
    .replace("</title>", '$&\n    <meta name="robots" content="noindex" />');
}

/**
 * Lays the service worker beside the page, which knows every file of the site by its integrity: it changes
 * whenever one of them does.
 */
export function offline(): Plugin {
  return {
    name: "perennial:offline",
    apply: "build",
    writeBundle: {
      order: "post",
      sequential: true,
      async handler({ dir }) {
        if (!dir) throw new Error("no folder of the site");
        const files = await integrities(dir);
        await writeFile(join(dir, "serviceWorker.js"), await buildServiceWorker(files));
      },
    },
  };
}

/** By path below the folder, in order; without what only the host reads. */
async function integrities(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .filter((path) => path !== "_headers" && path !== "serviceWorker.js")
    .toSorted();
  const digest = async (path: string) =>
    createHash("sha256")
      .update(await readFile(join(folder, path)))
      .digest("base64");
  return Object.fromEntries(
    await Promise.all(paths.map(async (path) => [path, `sha256-${await digest(path)}`] as const)),
  );
}

async function buildServiceWorker(files: Record<string, string>): Promise<string> {
  const id = "virtual:site-files";
  const list = JSON.stringify(files);
  const version = createHash("sha256").update(list).digest("hex").slice(0, 12);
  const { code } = await buildScript("serviceWorker.ts", {
    name: "perennial:site-files",
    resolveId: (source) => (source === id ? `\0${id}` : undefined),
    load: (resolved) =>
      resolved === `\0${id}`
        ? `export const files = ${list};\nexport const version = "${version}";`
        : undefined,
  });
  return code;
}

/** A program as one classic script, and its style sheets; writes no file. */
async function buildScript(
  entry: string,
  plugin: PluginOption,
): Promise<{ code: string; styles: string[] }> {
  const root = join(import.meta.dirname, "src");
  const { output } = (await build({
    configFile: false,
    logLevel: "warn",
    root,
    publicDir: false,
    plugins: [plugin],
    build: {
      write: false,
      target: "es2023",
      cssCodeSplit: false,
      modulePreload: false,
      chunkSizeWarningLimit: 1500,
      rolldownOptions: { input: join(root, entry), output: { format: "iife" } },
    },
  })) as Rolldown.RolldownOutput;
  const [{ code }, ...others] = output;
  const styles = others.flatMap((part) =>
    part.type === "asset" && part.fileName.endsWith(".css") ? String(part.source) : [],
  );
  if (styles.length < others.length) throw new Error(`not one script: ${entry}`);
  return { code, styles };
}

/**
 * The engine's worker under our policy: the prelude in front, and the one function that it needs
 * for its progress reports written without `new Function`, which is the form that Emscripten itself
 * emits with DYNAMIC_EXECUTION=0. The published worker was built without that flag.
 */
function toStrictWorker(source: Buffer): Buffer {
  const text = source.toString("utf8");
  const start = text.indexOf("function __emval_get_method_caller(");
  const end = text.indexOf("__emval_get_method_caller.sig=", start);
  if (start < 0 || end < 0) throw new Error("unknown engine worker; no __emval_get_method_caller");
  const methodCaller = `function __emval_get_method_caller(argCount, argTypes, kind) {
  const types = emval_lookupTypes(argCount, argTypes >>> 0);
  const retType = types.shift();
  return emval_addMethodCaller((obj, func, destructorsRef, args) => {
    let offset = 0;
    const values = types.map((type) => {
      const value = type.readValueFromPointer(args + offset);
      offset += type.argPackAdvance;
      return value;
    });
    if (kind === 0) values.unshift(obj);
    const result = kind === 1 ? Reflect.construct(func, values) : func.call(...values);
    return retType.isVoid ? undefined : emval_returnValue(retType, destructorsRef, result);
  });
}`;
  const strict = text.slice(0, start) + methodCaller + text.slice(end);
  return Buffer.from(`(${workerPrelude.toString()})();\n${strict}`);
}

/** Compressing the wasm takes seconds, so the result is kept under node_modules. */
async function toAsset(file: string, edit = (source: Buffer) => source): Promise<Asset> {
  const source = edit(await readFile(file));
  const sha256 = createHash("sha256").update(source).digest("hex");
  const [, stem, ending] = /^(.*?)(\.worker\.js|\.wasm)$/.exec(basename(file)) ?? [];
  const name = `${stem}-${sha256.slice(0, 12)}${ending}.gz`;
  const kept = join(import.meta.dirname, "node_modules/.cache/perennial", name);
  const compressed = await readFile(kept).catch(async () => {
    const bytes = await promisify(gzip)(source, { level: 9 });
    await mkdir(dirname(kept), { recursive: true });
    await writeFile(`${kept}.${process.pid}`, bytes);
    await rename(`${kept}.${process.pid}`, kept);
    return bytes;
  });
  return { path: `engine/${name}`, source: compressed, bytes: source.length, sha256 };
}
