/** What was, what is and what was taken back; each state is a whole one. */
export interface History<State> {
  past: readonly Step<State>[];
  present: State;
  future: readonly Step<State>[];
}

interface Step<State> {
  state: State;
  /** what led away from this state; edits of one kind that follow on each other are one step */
  kind: string;
}

export function beginHistory<State>(present: State): History<State> {
  return { past: [], present, future: [] };
}

/**
 * One more state.
 *
 * @param kind of the edit, such as "sql weekly"; "" is never joined with the one before
 */
export function addStep<State>(history: History<State>, state: State, kind = ""): History<State> {
  const { past, present, future } = history;
  const isGoingOn = kind !== "" && past.at(-1)?.kind === kind && future.length === 0;
  return {
    past: isGoingOn ? past : [...past, { state: present, kind }],
    present: state,
    future: [],
  };
}

/** Puts another state in the place of the present one, without a step. */
export function amend<State>(history: History<State>, present: State): History<State> {
  return { ...history, present };
}

/** So that the next edit of the same kind is a step of its own. */
export function endStep<State>(history: History<State>): History<State> {
  const last = history.past.at(-1);
  if (!last?.kind) return history;
  return { ...history, past: history.past.with(-1, { ...last, kind: "" }) };
}

/** The state before; the same history where there is none. */
export function undo<State>({ past, present, future }: History<State>): History<State> {
  const step = past.at(-1);
  if (!step) return { past, present, future };
  const next = { state: present, kind: "" };
  return { past: past.slice(0, -1), present: step.state, future: [next, ...future] };
}

/** The state that was taken back last. */
export function redo<State>({ past, present, future }: History<State>): History<State> {
  const [step, ...later] = future;
  if (!step) return { past, present, future };
  return { past: [...past, { state: present, kind: "" }], present: step.state, future: later };
}
