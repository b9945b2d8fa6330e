import { acts } from "./en/acts.ts";
import { beside } from "./en/beside.ts";
import { bundle } from "./en/bundle.ts";
import { brush } from "./en/brush.ts";
import { edit } from "./en/edit.ts";
import { embed } from "./en/embed.ts";
import { figures } from "./en/figures.ts";
import { guide } from "./en/guide.ts";
import { help } from "./en/help.ts";
import { intake } from "./en/intake.ts";
import { kept } from "./en/kept.ts";
import { page } from "./en/page.ts";
import { platforms } from "./en/platforms.ts";
import { report } from "./en/report.ts";
import { rows } from "./en/rows.ts";
import { script } from "./en/script.ts";
import { sentence } from "./en/sentence.ts";
import { sql } from "./en/sql.ts";
import { trouble } from "./en/trouble.ts";

export const en = {
  ...page,
  ...intake,
  ...rows,
  ...trouble,
  ...beside,
  ...figures,
  ...help,
  ...edit,
  ...embed,
  ...platforms,
  ...report,
  ...bundle,
  ...script,
  ...sentence,
  ...sql,
  ...kept,
  ...brush,
  ...guide,
  ...acts,
};
