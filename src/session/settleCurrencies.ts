import type { Engine, QueryOptions } from "../engine/engine.ts";
import { isOrderKind } from "./loadFile.ts";
import type { ReadFile } from "./loadFile.ts";
import type { Answers } from "./source.ts";

const id = "currency-mix";

/**
 * Amounts of several currencies are never added. Where the rows of all files hold more than one,
 * those of one stay, as answered or else the most frequent, which is then asked; the others are
 * excluded.
 *
 * @param files the first of orders is the one that asks
 */
export async function settleCurrencies(
  engine: Engine,
  files: ReadFile[],
  answers: Answers,
  options: QueryOptions,
): Promise<void> {
  const codes = await currenciesOf(engine, options);
  if (codes.length < 2) return;
  const asking = files.find(({ plan }) => isOrderKind(plan)) ?? files[0];
  const told = answers[`${asking?.plan.name}:${id}`] ?? answers[id];
  const guess = told !== undefined && codes.includes(told) ? told : codes[0]!;
  await engine.query(
    `update staged set verdict = 'excluded:other-currency'
     where verdict is null and currency != getvariable('counted')`,
    { ...options, variables: { counted: guess } },
  );
  if (!asking || guess === told) return;
  const question = { id, question: id, options: codes, guess, args: {} };
  asking.plan = { ...asking.plan, questions: [...asking.plan.questions, question] };
}

/** Of the usable rows, the most frequent first. */
async function currenciesOf(engine: Engine, options: QueryOptions): Promise<string[]> {
  const table = await engine.query(
    `select currency from staged where verdict is null and currency is not null
     group by currency order by count(*) desc, currency`,
    options,
  );
  const column = table.getChild("currency");
  return Array.from({ length: table.numRows }, (_, row) => String(column?.get(row)));
}
