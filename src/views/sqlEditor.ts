import {
  acceptCompletion,
  autocompletion,
  completionKeymap,
  completionStatus,
} from "@codemirror/autocomplete";
import type { Completion as Option, CompletionContext } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { SQLDialect } from "@codemirror/lang-sql";
import {
  bracketMatching,
  codeFolding,
  foldedRanges,
  foldEffect,
  foldKeymap,
  syntaxHighlighting,
  syntaxTree,
  unfoldEffect,
} from "@codemirror/language";
import {
  Compartment,
  EditorState,
  Prec,
  StateEffect,
  StateField,
  Transaction,
} from "@codemirror/state";
import { Decoration, EditorView, keymap } from "@codemirror/view";
import type { DecorationSet } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";
import type { Place } from "../catalog/faultPlace.ts";
import { frontMatterFold } from "./frontMatterFold.ts";
import { sqlCompletions } from "./sqlCompletions.ts";
import type { SqlScope } from "./sqlCompletions.ts";
import { keywords, reservedWords, typeWords } from "./sqlWords.ts";

/** What the reader does in the editor, and what it asks for. */
export interface SqlEditorHost {
  onchange: (text: string) => void;
  onrun: () => void;
  /** the reader leaves by keyboard */
  onleave: () => void;
  scope: () => Promise<SqlScope>;
}

/** How it is, which may change while it is open. */
export interface SqlEditorState {
  text: string;
  label: string;
  isReadOnly: boolean;
  /** ids of what describes it, and of what is wrong with it */
  describedBy: string;
  /** where something is wrong */
  fault: Place | undefined;
  /** what the list of completions is called */
  completions: string;
  /** what stands for lines that are folded away */
  folded: (lines: number) => string;
  /** what pointing at that says */
  unfold: string;
}

export interface SqlEditor {
  update: (state: SqlEditorState) => void;
  focus: () => void;
  destroy: () => void;
}

/** An editor of one statement; its undo is its own while it has the focus. */
export function mountSqlEditor(
  parent: HTMLElement,
  host: SqlEditorHost,
  first: SqlEditorState,
): SqlEditor {
  const changing = new Compartment();
  const view = new EditorView({
    parent,
    doc: first.text,
    extensions: [
      Prec.highest(keymap.of(ownKeys(host))),
      history(),
      autocompletion({
        override: [(context) => complete(context, host)],
        icons: false,
        activateOnTypingDelay: 60,
      }),
      keymap.of([...completionKeymap, ...historyKeymap, ...foldKeymap, ...defaultKeymap]),
      duckdb.extension,
      syntaxHighlighting(classHighlighter),
      bracketMatching(),
      EditorView.lineWrapping,
      faults,
      changing.of(shownAs(first)),
      EditorView.updateListener.of((update) => {
        const isOwn = update.transactions.some((one) => one.annotation(Transaction.remote));
        if (update.docChanged && !isOwn) host.onchange(update.state.doc.toString());
      }),
    ],
  });
  let shown = first;
  markFault(view, first.fault);
  const fold = frontMatterFold(first.text);
  if (fold) view.dispatch({ effects: foldEffect.of(fold) });
  return {
    update(next) {
      replaceText(view, next.text);
      view.dispatch({ effects: changing.reconfigure(shownAs(next)) });
      if (next.unfold !== shown.unfold) foldAnew(view);
      if (next.fault !== shown.fault) markFault(view, next.fault);
      shown = next;
    },
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  };
}

/** The words of the engine's SQL that colours and completions know. */
const duckdb = SQLDialect.define({
  keywords: [...new Set([...keywords, ...reservedWords])].join(" "),
  types: typeWords.join(" "),
  doubleDollarQuotedStrings: true,
  caseInsensitiveIdentifiers: true,
  operatorChars: "*+-%<>!=&|~^/",
});

/** Tab is left to the page, so that it leads on; it only takes a completion where one is offered. */
function ownKeys({ onrun, onleave }: SqlEditorHost) {
  return [
    { key: "Mod-Enter", run: () => (onrun(), true) },
    {
      key: "Tab",
      // a list that has only just come up takes no key yet; it must not send the reader away either
      run: (view: EditorView) =>
        acceptCompletion(view) || completionStatus(view.state) === "active",
    },
    {
      key: "Escape",
      run: ({ state }: EditorView) => completionStatus(state) === null && (onleave(), true),
    },
  ];
}

function shownAs(state: SqlEditorState) {
  const { label, isReadOnly, describedBy, fault, completions, unfold } = state;
  return [
    EditorState.readOnly.of(isReadOnly),
    EditorState.phrases.of({ Completions: completions, unfold }),
    foldedLines(state),
    EditorView.contentAttributes.of({
      "aria-label": label,
      "aria-describedby": describedBy,
      spellcheck: "false",
      autocapitalize: "off",
      translate: "no",
      ...(isReadOnly && { "aria-readonly": "true" }),
      ...(fault && { "aria-invalid": "true" }),
    }),
  ];
}

function foldedLines({ folded, unfold }: SqlEditorState) {
  return codeFolding({
    preparePlaceholder: ({ doc }, { from, to }) => doc.lineAt(to).number - doc.lineAt(from).number,
    placeholderDOM(_, onclick, lines: number) {
      const placeholder = document.createElement("span");
      placeholder.className = "cm-foldPlaceholder";
      placeholder.textContent = folded(lines);
      placeholder.title = unfold;
      placeholder.onclick = onclick;
      return placeholder;
    },
  });
}

/** What stands for a fold is worded as it is made: another language is another fold. */
function foldAnew(view: EditorView): void {
  const effects: StateEffect<Place>[] = [];
  foldedRanges(view.state).between(0, view.state.doc.length, (from, to) => {
    effects.push(unfoldEffect.of({ from, to }), foldEffect.of({ from, to }));
  });
  view.dispatch({ effects });
}

/** Text that came from elsewhere: only what differs is replaced, so that the cursor stays where it is. */
function replaceText(view: EditorView, text: string): void {
  const now = view.state.doc.toString();
  if (now === text) return;
  let from = 0;
  while (from < Math.min(now.length, text.length) && now[from] === text[from]) ++from;
  let end = 0;
  const most = Math.min(now.length, text.length) - from;
  while (end < most && now.at(-1 - end) === text.at(-1 - end)) ++end;
  view.dispatch({
    changes: { from, to: now.length - end, insert: text.slice(from, text.length - end) },
    annotations: [Transaction.remote.of(true), Transaction.addToHistory.of(false)],
  });
}

const setFault = StateEffect.define<Place | undefined>();

/** The mark under what is wrong, which moves with its text. */
const faults = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    for (const effect of transaction.effects) {
      if (!effect.is(setFault)) continue;
      const { from = 0, to = 0 } = effect.value ?? {};
      return to > from ? Decoration.set(faultMark.range(from, to)) : Decoration.none;
    }
    return marks.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

const faultMark = Decoration.mark({ class: "fault" });

function markFault(view: EditorView, fault: Place | undefined): void {
  const most = view.state.doc.length;
  const place = fault && { from: Math.min(fault.from, most), to: Math.min(fault.to, most) };
  view.dispatch({ effects: setFault.of(place) });
}

async function complete(context: CompletionContext, host: SqlEditorHost) {
  const { state, pos, explicit } = context;
  const inside = syntaxTree(state).resolveInner(pos, -1).name;
  if (/Comment|String/.test(inside)) return null;
  const isBegun = context.matchBefore(/[\p{L}_"][\p{L}\p{N}_$]*|\./u) !== null;
  if (!isBegun && !explicit) return null;
  const scope = await host.scope();
  const { from, options } = sqlCompletions(state.doc.toString(), pos, scope);
  return {
    from,
    options: options.map(({ label, apply, kind, detail, rank }): Option => {
      const boost = rank + 1 - Math.min(1, label.length / 100); // of two that fit alike the shorter
      return { label, type: kind, boost, ...(apply && { apply }), ...(detail && { detail }) };
    }),
  };
}
