import { mount } from "svelte";
import { version } from "../package.json";
import { startEngine } from "./engine/duckdbEngine.ts";
import { startModels } from "./models/fitClient.ts";
import { fromFragment, isFragment } from "./notebook/link.ts";
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
});

function followLink(): void {
  if (isFragment(location.hash)) void session.openDocument(fromFragment(location.hash));
}
addEventListener("hashchange", followLink);
followLink();

window.perennial = toAutomation(session, version);
mount(App, { target: document.getElementById("app")!, props: { session } });
