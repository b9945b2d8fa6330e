import type { Command, Page } from "./command.ts";
import { commands } from "./commands.ts";
import { partsOf } from "./keyNames.ts";

interface KeyState {
  /** whether the key went to a field that takes text */
  isField: boolean;
  /** whether a dialog is open */
  isBusy: boolean;
  /** whether single keys act; the reader can turn them off */
  keysOn: boolean;
  /** whether Command stands for Ctrl on this machine */
  isApple: boolean;
}

type Keys = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

/**
 * What a key pressed anywhere on the page asks for and can have; undefined where it is nobody's but the browser's.
 * Keys are written `Mod+Shift+z`, where `Mod` is Command on Apple's machines and Ctrl elsewhere.
 */
export function pageKey(pressed: Keys, state: KeyState, page: () => Page): Command | undefined {
  if (state.isBusy) return undefined;
  const command = commands.find(({ keys = [], isForFields }) =>
    keys.some((key) => {
      const isHeard = isForFields || (!state.isField && (state.keysOn || /Mod|Ctrl/.test(key)));
      return isHeard && isPressed(key, pressed, state);
    }),
  );
  return command && command.refusal?.(page()) === undefined ? command : undefined;
}

function isPressed(key: string, pressed: Keys, { isApple }: Pick<KeyState, "isApple">): boolean {
  const { letter, held } = partsOf(key, isApple);
  const isSame = (name: string, isHeld: boolean) => isHeld === held.includes(name);
  // a sign such as ? may need Shift to be written
  const isLetter = letter.toLowerCase() !== letter.toUpperCase();
  return (
    pressed.key.toLowerCase() === letter.toLowerCase() &&
    isSame("Ctrl", pressed.ctrlKey) &&
    isSame("Meta", pressed.metaKey) &&
    isSame("Alt", pressed.altKey) &&
    (!isLetter || isSame("Shift", pressed.shiftKey))
  );
}
