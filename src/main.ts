import { mount } from "svelte";
import { version } from "../package.json";
import { Entrance } from "./session/entrance.svelte.ts";
import { StudyKeeper } from "./session/studyKeeper.svelte.ts";
import { toLocale } from "./session/toLocale.ts";
import { waitingAutomation } from "./session/waitingAutomation.ts";
import type { Automation } from "./session/automation.ts";
import { keepSite } from "./storage/siteKeeper.ts";
import { openStudyStore } from "./storage/studyStore.ts";
import App from "./views/App.svelte";

declare global {
  interface Window {
    perennial: Automation;
  }
}

const listMs = 200; // that the first view waits for what is kept, so that nothing moves when it comes

const kept = new StudyKeeper(async (events) => openStudyStore(events));
const entrance = new Entrance(kept, toLocale(navigator.languages));
const listed = kept.start();
const opening = openSession();
opening.catch((error: unknown) => entrance.fail(error));
window.perennial = waitingAutomation(opening);
if (location.hash.length > 1) entrance.isAsked = true;

await Promise.race([listed, new Promise((resolve) => setTimeout(resolve, listMs))]);
mount(App, { target: document.getElementById("app")!, props: { entrance } });

/** Loads what the first view does not need, and starts the engine. */
async function openSession(): Promise<Automation> {
  const [{ Session }, { toAutomation }, { startEngine }, { startModels }, link, studies] =
    await Promise.all([
      import("./session/session.svelte.ts"),
      import("./session/automation.ts"),
      import("./engine/duckdbEngine.ts"),
      import("./models/fitClient.ts"),
      import("./notebook/link.ts"),
      import("./session/study.ts"),
    ]);
  const path = studies.studyPath(location.hash);
  const study = path === undefined ? undefined : studies.readStudy(path, document.baseURI);
  const session = new Session({
    // once the engine stands nothing can be fetched any more
    startEngine: () => Promise.allSettled([study]).then(() => startEngine()),
    models: startModels(),
    locale: entrance.locale,
    version,
    kept,
  });

  function followLink(): void {
    if (link.isFragment(location.hash)) {
      void session.openDocument(link.fromFragment(location.hash));
    } else if (studies.studyPath(location.hash) !== undefined) location.reload();
  }
  addEventListener("hashchange", followLink);
  if (study) void session.openStudy(study);
  else followLink();

  const automation = toAutomation(session, version);
  void entrance.open(session);
  const keep = () => void keepSite((open) => (entrance.openNewer = open));
  automation.ready.then(keep, keep); // after what the reader waits for
  return automation;
}
