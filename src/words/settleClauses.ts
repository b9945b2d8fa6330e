/**
 * Leaves out of a template what cannot be said. `[a|b]` stands for the first of its alternatives each of whose places
 * has a value, and for nothing where none has; they may stand in one another, and a template is itself such a choice.
 * `{?name}` asks for a value without saying it. A bracket without its partner is a bracket.
 *
 * @param isMissing of the name of a place
 * @returns the template to fill; undefined where no alternative can be said
 */
export function settleClauses(
  template: string,
  isMissing: (name: string) => boolean,
): string | undefined {
  if (!template) return "";
  const { choice, end } = readChoice(template, 0);
  const whole = end < template.length ? undefined : choice;
  return settle(whole ?? [[template]], isMissing);
}

/** Text and choices of a text, one after another. */
type Alternative = (string | Alternative[])[];

function settle(choice: Alternative[], isMissing: (name: string) => boolean): string | undefined {
  for (const alternative of choice) {
    const text = alternative.filter((part) => typeof part === "string").join("");
    const places = [...text.matchAll(/\{\??(\w+)[|}]/g)];
    if (places.some(([, name = ""]) => isMissing(name))) continue;
    const said = alternative.map((part) =>
      typeof part === "string" ? part.replace(/\{\?\w+\}/g, "") : (settle(part, isMissing) ?? ""),
    );
    return said.join("");
  }
  return undefined;
}

/** Up to the bracket that ends it, or the template's end. */
function readChoice(template: string, start: number): { choice: Alternative[]; end: number } {
  const choice: Alternative[] = [[]];
  let at = start;
  while (at < template.length && template[at] !== "]") {
    if (template[at] === "|") {
      choice.push([]);
      ++at;
    } else if (template[at] === "[") {
      const inner = readChoice(template, at + 1);
      if (inner.end === template.length) choice.at(-1)!.push("[");
      if (inner.end < template.length) choice.at(-1)!.push(inner.choice);
      at = inner.end < template.length ? inner.end + 1 : at + 1;
    } else {
      const [text = ""] = /^(?:\{[^{}]*\}|[^[\]|{]+|\{)/.exec(template.slice(at)) ?? [];
      choice.at(-1)!.push(text);
      at += text.length;
    }
  }
  return { choice, end: at };
}
