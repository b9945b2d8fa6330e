/** Keys are written `Mod+Shift+z`, where `Mod` is Command on Apple's machines and Ctrl elsewhere. */
export function partsOf(key: string, isApple: boolean): { letter: string; held: string[] } {
  const parts = key.split("+").map((part) => (part === "Mod" ? (isApple ? "Meta" : "Ctrl") : part));
  return { letter: parts.at(-1) ?? "", held: parts.slice(0, -1) };
}

const names: Record<string, string> = {
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
  Escape: "Esc",
};
const appleNames: Record<string, string> = { Meta: "⌘", Alt: "⌥", Shift: "⇧", Ctrl: "⌃" };

/** What stands on the keys. */
export function keyNames(key: string, isApple = isAppleMachine()): string[] {
  const { letter, held } = partsOf(key, isApple);
  const shown = held.length > 0 && letter.length === 1 ? letter.toUpperCase() : letter;
  return [...held.map((name) => (isApple && appleNames[name]) || name), names[letter] ?? shown];
}

export function isAppleMachine(): boolean {
  return /Mac|iP(hone|ad|od)/.test(navigator.platform);
}
