import { acts } from "./zhHant/acts.ts";
import { beside } from "./zhHant/beside.ts";
import { bundle } from "./zhHant/bundle.ts";
import { brush } from "./zhHant/brush.ts";
import { edit } from "./zhHant/edit.ts";
import { embed } from "./zhHant/embed.ts";
import { figures } from "./zhHant/figures.ts";
import { guide } from "./zhHant/guide.ts";
import { help } from "./zhHant/help.ts";
import { intake } from "./zhHant/intake.ts";
import { kept } from "./zhHant/kept.ts";
import { page } from "./zhHant/page.ts";
import { platforms } from "./zhHant/platforms.ts";
import { report } from "./zhHant/report.ts";
import { rows } from "./zhHant/rows.ts";
import { script } from "./zhHant/script.ts";
import { sentence } from "./zhHant/sentence.ts";
import { sql } from "./zhHant/sql.ts";
import { trouble } from "./zhHant/trouble.ts";

export const zhHant = {
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
