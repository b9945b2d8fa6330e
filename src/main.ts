import { mount } from "svelte";
import { version } from "../package.json";
import { Entrance } from "./session/entrance.svelte.ts";
import { ReaderSettings } from "./session/readerSettings.svelte.ts";
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

// in the frame of another site nothing is kept, and the page that keeps something is in no frame
const isFrame = document.documentElement.dataset["frame"] !== undefined;
if (parent !== window && !isFrame) await leaveFor("./embed.html");
const kept = new StudyKeeper(isFrame ? undefined : async (events) => openStudyStore(events));
const settings = new ReaderSettings(isFrame ? null : undefined);
const entrance = new Entrance(kept, settings, toLocale(navigator.languages));
if (settings.theme !== "auto") document.documentElement.dataset["theme"] = settings.theme;
const listed = kept.start();
const opening = openSession();
opening.catch((error: unknown) => entrance.fail(error));
window.perennial = waitingAutomation(opening);
if (location.hash.length > 1) entrance.isAsked = true;
entrance.isLinked = /^#\w+=./.test(location.hash);

await Promise.race([listed, new Promise((resolve) => setTimeout(resolve, listMs))]);
mount(App, { target: document.getElementById("app")!, props: { entrance } });

/** Loads what the first view does not need; the engine, which is the largest, does not wait for the rest. */
async function openSession(): Promise<Automation> {
  const studies = import("./session/study.ts");
  const study = studies.then(({ studyPath, readStudy }) => {
    const path = studyPath(location.hash);
    return path === undefined ? undefined : readStudy(path, document.baseURI);
  });
  study.catch(() => undefined); // the session says what is wrong with it
  const startEngine = async () => {
    const { startEngine: start } = await import("./engine/duckdbEngine.ts");
    // once the engine stands nothing can be fetched any more
    await Promise.allSettled([study]);
    return start();
  };
  let first: ReturnType<typeof startEngine> | undefined = startEngine();
  first.catch(() => undefined); // the session asks what became of it
  const [{ Session }, { toAutomation }, { startModels }, link, keys, { studyPath }] =
    await Promise.all([
      import("./session/session.svelte.ts"),
      import("./session/automation.ts"),
      import("./models/fitClient.ts"),
      import("./notebook/link.ts"),
      import("./bundle/bundleKey.ts"),
      studies,
    ]);
  const session = new Session({
    startEngine() {
      const starting = first ?? startEngine();
      first = undefined;
      return starting;
    },
    models: startModels(),
    locale: entrance.locale,
    version,
    settings,
    kept,
    ...(isFrame && { memory: new (await import("./session/shapeMemory.ts")).ShapeMemory(null) }),
  });

  const isStudy = (): boolean => studyPath(location.hash) !== undefined;
  function followLink(): void {
    if (link.isFragment(location.hash)) {
      void session.openDocument(link.fromFragment(location.hash));
    } else if (keys.isKeyFragment(location.hash)) {
      void session.incoming.take({ key: location.hash });
    } else if (isStudy()) location.reload();
  }
  addEventListener("hashchange", followLink);
  if (isStudy()) entrance.ask(() => session.openStudy(study.then((found) => found!)));
  else if (link.isFragment(location.hash))
    entrance.ask(() => session.openDocument(link.fromFragment(location.hash)));
  else followLink();

  const automation = toAutomation(session, version);
  if (isFrame) (await import("./session/embeddedIn.svelte.ts")).listen(session, automation);
  void entrance.open(session);
  const keep = () => void keepSite((open) => (entrance.openNewer = open));
  if (!isFrame) automation.ready.then(keep, keep); // after what the reader waits for
  return automation;
}

/** Nothing of this page is to be seen or done any more. */
function leaveFor(address: string): Promise<never> {
  location.replace(address + location.hash);
  return new Promise(() => undefined);
}
