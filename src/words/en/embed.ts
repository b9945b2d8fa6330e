/** Shown in a frame of another site. */
export const embed = {
  "embed.privacyNote":
    "No server, no account, no tracking. Your files are read by your own browser, and the page cannot send them anywhere. In a frame of another site nothing is kept.",
  "embed.note":
    "Shown inside of {site}. Nothing is kept here, and files that you bring it cannot read unless you allow that.",
  "embed.noteUnknown":
    "Shown inside of another page. Nothing is kept here, and files that you bring it cannot read unless you allow that.",
  "embed.ask": "{site} may read the figures of your files, and every row behind them?",
  "embed.covered": "This can be answered once nothing lies over it.",
  "embed.allow": "Allow",
  "embed.notNow": "Not now",
  "embed.closed": "{site} cannot read your files.",
  "embed.askAgain": "Allow it…",
  "embed.allowed": "{site} may read the figures of your files.",
  "embed.withdraw": "Withdraw",
};
