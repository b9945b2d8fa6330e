export const embed = {
  "embed.privacyNote":
    "没有服务器，不用注册，不做跟踪。文件只由您自己的浏览器读取，这个网页也无法把它传出去。在别的网站的框架里，什么都不保存。",
  "embed.note": "显示在 {site} 之中。这里什么都不保存；您放入的文件，未经您允许它无法读取。",
  "embed.noteUnknown":
    "显示在另一个网页之中。这里什么都不保存；您放入的文件，未经您允许它无法读取。",
  "embed.ask": "允许 {site} 读取您文件的数字，以及其背后的每一行吗？",
  "embed.covered": "上面没有任何遮挡时才能回答。",
  "embed.allow": "允许",
  "embed.notNow": "暂不",
  "embed.closed": "{site} 无法读取您的文件。",
  "embed.askAgain": "允许…",
  "embed.allowed": "{site} 可以读取您文件的数字。",
  "embed.withdraw": "收回",
};
