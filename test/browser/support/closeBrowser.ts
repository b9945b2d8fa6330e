import { afterAll } from "vitest";
import { closeBrowser } from "./sharedBrowser.ts";

afterAll(closeBrowser);
