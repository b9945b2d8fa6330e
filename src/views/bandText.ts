import type { Bands } from "../catalog/query.ts";
import type { Session } from "../session/session.svelte.ts";

/** The band that a value falls into, in the reader's language; undefined for what is no number. */
export function bandText(
  session: Pick<Session, "localized">,
  { edges, labels }: Bands,
  value: unknown,
): { place: number; label: string } | undefined {
  if (typeof value !== "number" || Number.isNaN(value)) return undefined;
  const place = edges.filter((edge) => edge <= value).length;
  return { place, label: session.localized(labels[place]!) };
}
