/** What one tab tells the others of this site. */
type Message =
  | { type: "ask"; id: string }
  | { type: "held"; id: string }
  | { type: "release"; id: string }
  | { type: "released"; id: string }
  | { type: "changed" }
  | { type: "forgotten" };

export interface TabEvents {
  /** another tab takes the study over: what is not written yet must be */
  onAsked: () => Promise<void>;
  /** this tab writes the study no more */
  onLost: () => void;
  /** another tab wrote, renamed or removed a study */
  onChanged: () => void;
  /** another tab removed everything */
  onForgotten: () => void;
}

/** Sees to it that one tab writes a study at a time. */
export interface Tabs {
  /** whether the browser itself holds a study for one tab, and not only the tabs' agreement */
  isSure: boolean;
  /**
   * Claims a study for this tab, in the place of the one it had.
   *
   * @param isForced takes it from the tab that has it
   * @returns whether this tab writes it now
   */
  claim: (id: string, options?: { isForced?: boolean }) => Promise<boolean>;
  release: () => void;
  tell: (type: "changed" | "forgotten") => void;
}

interface Means {
  locks?: Pick<LockManager, "request"> | undefined;
  channel?: Pick<BroadcastChannel, "postMessage" | "onmessage"> | undefined;
}

const answerMs = 300; // for another tab to say that it has a study
const handOverMs = 2_000; // for another tab to write what it has

/** By Web Locks; where the browser has none, by asking the other tabs. */
export function joinTabs(events: TabEvents, { locks, channel }: Means = ownMeans()): Tabs {
  let held: string | undefined;
  let letGo: () => void = () => undefined;
  const waiting = new Set<(message: Message) => void>();

  const post = (message: Message) => channel?.postMessage(message);

  function release(): void {
    held = undefined;
    letGo();
    letGo = () => undefined;
  }

  function lose(id: string): void {
    if (held !== id) return;
    release();
    events.onLost();
  }

  async function handOver(id: string): Promise<void> {
    await events.onAsked().catch(() => undefined);
    lose(id);
    post({ type: "released", id });
  }

  /** @returns whether one came in time */
  function hear(type: Message["type"], id: string, timeoutMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const end = (isHeard: boolean) => {
        clearTimeout(timer);
        waiting.delete(listen);
        resolve(isHeard);
      };
      const listen = (message: Message) => {
        if (message.type === type && "id" in message && message.id === id) end(true);
      };
      const timer = setTimeout(() => end(false), timeoutMs);
      waiting.add(listen);
    });
  }

  /** @returns whether the lock was given; it is held until `release` */
  function lock(id: string, options: LockOptions): Promise<boolean> {
    return new Promise((resolve) => {
      const asked = locks!.request(`perennial.study.${id}`, options, (given) => {
        if (!given) return resolve(false);
        held = id;
        const until = new Promise<void>((end) => (letGo = end));
        resolve(true);
        return until;
      });
      asked.catch(() => {
        lose(id); // stolen
        resolve(false); // not given in time
      });
    });
  }

  async function agree(id: string, isForced: boolean): Promise<boolean> {
    const answer = isForced ? hear("released", id, handOverMs) : hear("held", id, answerMs);
    post({ type: isForced ? "release" : "ask", id });
    const isAnswered = channel !== undefined && (await answer);
    if (isAnswered && !isForced) return false;
    held = id;
    return true;
  }

  if (channel)
    channel.onmessage = ({ data }: MessageEvent<Message>) => {
      for (const listen of waiting) listen(data);
      if (data.type === "changed") events.onChanged();
      else if (data.type === "forgotten") events.onForgotten();
      else if (data.id !== held) return;
      else if (data.type === "ask") post({ type: "held", id: data.id });
      else if (data.type === "release") void handOver(data.id);
    };

  return {
    isSure: locks !== undefined,
    release,
    tell: (type) => post({ type }),
    async claim(id, { isForced = false } = {}) {
      if (held === id) return true;
      release();
      if (!locks) return agree(id, isForced);
      if (!isForced) return lock(id, { ifAvailable: true });
      post({ type: "release", id });
      const isGiven = await lock(id, { signal: AbortSignal.timeout(handOverMs) });
      return isGiven || lock(id, { steal: true });
    },
  };
}

function ownMeans(): Means {
  const { locks } = globalThis.navigator;
  try {
    return { locks, channel: new BroadcastChannel("perennial") };
  } catch {
    return { locks };
  }
}
