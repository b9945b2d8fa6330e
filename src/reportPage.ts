import { mount } from "svelte";
import type { Report } from "./report/report.ts";
import ReportView from "./views/ReportView.svelte";

const data = document.getElementById("data")!.textContent;
const report = JSON.parse(data) as Report;

mount(ReportView, { target: document.getElementById("report")!, props: { report } });
