import { mount } from "svelte";
import { version } from "../package.json";
import { startEngine } from "./engine/duckdbEngine.ts";
import { startModels } from "./models/fitClient.ts";
import { fromFragment, isFragment } from "./notebook/link.ts";
import { toAutomation } from "./session/automation.ts";
import type { Automation } from "./session/automation.ts";
import { readStudy, studyPath } from "./session/study.ts";
import { Session } from "./session/session.svelte.ts";
import { toLocale } from "./session/toLocale.ts";
import App from "./views/App.svelte";

declare global {
  interface Window {
    perennial: Automation;
  }
}

const path = studyPath(location.hash);
const study = path === undefined ? undefined : readStudy(path, document.baseURI);

const session = new Session({
  // once the engine stands nothing can be fetched any more
  startEngine: () => Promise.allSettled([study]).then(() => startEngine()),
  models: startModels(),
  locale: toLocale(navigator.languages),
  version,
  openStore: async (events) => (await import("./storage/studyStore.ts")).openStudyStore(events),
});

function followLink(): void {
  if (isFragment(location.hash)) void session.openDocument(fromFragment(location.hash));
  else if (studyPath(location.hash) !== undefined) location.reload();
}
addEventListener("hashchange", followLink);
if (study) void session.openStudy(study);
else followLink();

window.perennial = toAutomation(session, version);
mount(App, { target: document.getElementById("app")!, props: { session } });
void session.kept.start();
