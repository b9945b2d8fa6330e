import type { Automation } from "./automation.ts";

/**
 * `window.perennial` from the first moment on: what is asked waits until the page's program is loaded.
 * What answers at once (`analyses`, `notebook.get`) throws until then; `ready` says when.
 */
export function waitingAutomation(coming: Promise<Automation>): Automation {
  let here: Automation | undefined;
  const ready = coming.then((automation) => {
    here = automation;
    return automation.ready;
  });
  ready.catch(() => undefined); // nobody may ask
  const atOnce = (): Automation => {
    if (here) return here;
    throw new Error("the page is being loaded: await perennial.ready");
  };
  return {
    ready,
    importFiles: async (files, options) => (await coming).importFiles(files, options),
    analyses: () => atOnce().analyses(),
    run: async (id, params) => (await coming).run(id, params),
    sql: async (text) => (await coming).sql(text),
    notebook: {
      get: () => atOnce().notebook.get(),
      set: async (markdown) => (await coming).notebook.set(markdown),
    },
    share: async () => (await coming).share(),
    report: async (options) => (await coming).report(options),
    demo: async (options) => (await coming).demo(options),
    reset: async () => (await coming).reset(),
  };
}
