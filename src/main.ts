import { mount } from "svelte";
import { version } from "../package.json";
import { startEngine } from "./engine/duckdbEngine.ts";
import { startModels } from "./models/fitClient.ts";
import { toAutomation } from "./session/automation.ts";
import type { Automation } from "./session/automation.ts";
import { Session } from "./session/session.svelte.ts";
import { toLocale } from "./session/toLocale.ts";
import App from "./views/App.svelte";

declare global {
  interface Window {
    perennial: Automation;
  }
}

const session = new Session({
  startEngine: () => startEngine(),
  models: startModels(),
  locale: toLocale(navigator.languages),
  openStore: async (events) => (await import("./storage/studyStore.ts")).openStudyStore(events),
});

window.perennial = toAutomation(session, version);
mount(App, { target: document.getElementById("app")!, props: { session } });
void session.kept.start();
