import { acts } from "./zhHans/acts.ts";
import { beside } from "./zhHans/beside.ts";
import { bundle } from "./zhHans/bundle.ts";
import { brush } from "./zhHans/brush.ts";
import { edit } from "./zhHans/edit.ts";
import { embed } from "./zhHans/embed.ts";
import { figures } from "./zhHans/figures.ts";
import { guide } from "./zhHans/guide.ts";
import { help } from "./zhHans/help.ts";
import { intake } from "./zhHans/intake.ts";
import { kept } from "./zhHans/kept.ts";
import { page } from "./zhHans/page.ts";
import { platforms } from "./zhHans/platforms.ts";
import { report } from "./zhHans/report.ts";
import { rows } from "./zhHans/rows.ts";
import { script } from "./zhHans/script.ts";
import { sentence } from "./zhHans/sentence.ts";
import { sql } from "./zhHans/sql.ts";
import { trouble } from "./zhHans/trouble.ts";

export const zhHans = {
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
