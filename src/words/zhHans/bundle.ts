export const bundle = {
  "document.send": "连同数据一起发送…",
  "bundle.send": "连同数据一起发送",
  "bundle.sendLead":
    "一个加密文件，内含笔记和这些原样的文件。密钥不在其中：它放在链接里，另走一条途径。两者都拿到的人可以读到全部内容。",
  "bundle.files": "将要离开的文件",
  "bundle.columns": "{count} 列",
  "bundle.persons": "{count} 列可能透露客户是谁：{columns}",
  "bundle.noPersons": "未见透露客户是谁的列",
  "bundle.personsNote":
    "哪些列涉及个人，是根据列名和开头几行猜的，请自己再看一遍；不必离开的内容，请先从文件中去掉。",
  "bundle.document": "将要离开的笔记",
  "bundle.cells": "{count} 个单元",
  "bundle.nothingElse":
    "随之而去的还有文件的读法：您的回答与更正。此外什么都不离开：没有其他研究，没有存档点，没有之前的步骤，也没有您的名字。",
  "bundle.noFile": "请至少选一个文件。不带数据的话，发送笔记的链接就够了。",
  "bundle.seal": "加密并保存",
  "bundle.sealing": "正在加密…",
  "bundle.cancel": "取消",
  "bundle.failed": "无法生成文件：{message}",
  "bundle.sealed": "已保存 {file}（{size}）。有两样东西要发送，请走两条途径：",
  "bundle.sealedFile": "文件：用什么传都行，邮件、聊天或共享文件夹。",
  "bundle.sealedLink":
    "这个链接：走另一条途径。密钥在其中，别处都没有保存：没有它，谁也打不开这个文件，您自己也不能。",
  "bundle.link": "带密钥的链接",
  "bundle.copy": "复制链接",
  "bundle.copied": "已复制",
  "bundle.notCopied": "浏览器不允许复制。链接已选中，请手动复制。",
  "bundle.done": "完成",
  "bundle.open": "打开别人发来的研究",
  "bundle.openLead":
    "它在本页面内解密，不会发往任何地方。您同意之前其中什么都不运行；这里已打开的内容可以用撤销找回。",
  "bundle.file": "加密文件",
  "bundle.noFileYet":
    "密钥已在这里。研究本身在一个文件里，文件名以 .perennial 结尾，与链接分两路送达。",
  "bundle.choose": "选择文件…",
  "bundle.key": "链接或密钥",
  "bundle.decrypt": "打开",
  "bundle.opening": "正在解密…",
  "bundle.why.not-bundle":
    "这不是“常青”的研究文件。请索取以 .perennial 结尾的那个文件；有些邮件程序会更改或解开所传的文件。",
  "bundle.why.newer": "这个文件由更新版本的“常青”生成。请重新加载本页，或请网站的维护者更新。",
  "bundle.why.bad-key":
    "这不是完整的密钥。请重新复制链接，一直到最末尾：密钥是 #open= 之后的 43 个字符。",
  "bundle.why.wrong-key":
    "这把密钥不属于这个文件。每个文件都有自己的链接：请看看是否还收到了另一个，或者请对方把两样都重发一次。",
  "bundle.why.truncated": "这个文件缺了末尾，多半是没有复制或下载完整：请重新获取。",
  "bundle.why.damaged":
    "这个文件已不是生成时的样子：途中有什么改动了它。请重新获取，或换一条途径索取。",
  "bundle.why.too-large":
    "这个文件展开后超出了页面所能容纳的大小。请索取文件更少或时段更短的一份。",
  "bundle.why.unreadable":
    "浏览器无权读取这个文件，或者它已不在。请把它复制到本机的文件夹，再选一次。",
  "personal.email": "邮箱",
  "personal.phone": "电话",
  "personal.name": "姓名",
  "personal.address": "地址",
  "personal.birthday": "生日",
  "personal.document": "证件号码",
  "personal.customer": "客户编号",
  "personal.remark": "自由文字",
};
