import type { rows as english } from "../en/rows.ts";

export const rows: Record<keyof typeof english, string> = {
  "rows.title": "每一行都有去处",
  "rows.tie": "读取 {read} = 保留 {kept} + 合并 {merged} + 剔除 {excluded} + 拒绝 {rejected}",
  "rows.ties": "行数和金额都与文件对得上。",
  "rows.tiesNot": "行数与文件对不上，请反馈这个文件的结构。",
  "rows.rejects": "被拒绝的行",
  "rows.rejectsExport": "保存被拒绝的行（CSV）",
  "rows.export": "下载对账表",
  "rows.rejectsNone": "没有被拒绝的行。",
  "rows.rejectsMore": "另有 {count} 行，见 CSV",
  "rows.line": "行号",
  "rows.column": "列",
  "rows.value": "值",
  "rows.error": "原因",
  "rows.reason": "原因",
  "rows.rows": "行数",
  "rows.orders": "订单数",
  "rows.amount": "金额",

  "value.step.read": "读取",
  "value.step.kept": "保留",
  "value.step.merged": "合并",
  "value.step.excluded": "剔除",
  "value.step.rejected": "拒绝",
  "value.step.refund": "退款",

  "value.reason.refund": "退款，已记入原订单",
  "value.reason.refund-without-order": "退款，但文件中没有原订单",
  "value.reason.cancelled": "已取消",
  "value.reason.unpaid": "未付款",
  "value.reason.test": "测试订单",
  "value.reason.voided": "整单作废",
  "value.reason.zero-amount": "金额为零",
  "value.reason.other-currency": "不是所统计的币种",
  "value.reason.line": "同一订单的其他明细行",
  "value.reason.transfer": "结算、手续费或转账，不是订单",
  "value.reason.total": "导出文件的合计行",
  "value.reason.blank": "空行",
  "value.reason.repeated-header": "重复的表头",
  "value.reason.other-table": "文件中的另一张表",
  "value.reason.too-many-columns": "字段数多于表头",
  "value.reason.broken-quotes": "引号没有闭合",
  "value.reason.more": "其余被拒绝的行",
  "value.reason.time": "时间无法识别",
  "value.reason.amount": "金额无法识别",

  "refusal.image": "这是一张图片。请从店铺后台把订单导出为 CSV。",
  "refusal.pdf": "这是 PDF，其中的表格无法精确读取。请从店铺后台把订单导出为 CSV。",
  "refusal.xls": "这是旧版 Excel 工作簿。请打开后把工作表另存为“CSV UTF-8”。",
  "refusal.parquet": "这是 Parquet 文件，当前版本还不能读取。请把订单导出为 CSV。",
  "refusal.no-columns": "没有找到列。表格的每一行应有相同的字段，用逗号、分号或制表符隔开。",
  "refusal.no-orders":
    "文件里没有找到订单，暂时没有可分析的内容。请拖入订单导出文件：每笔订单或每件商品都要有时间和金额。",
  "refusal.cancelled": "已取消导入，没有留下这个文件的任何内容。",
  "refusal.too-much":
    "内容展开后有 {size} GB 纯文本，约需 {need} GB 内存；一个标签页大约只能容纳 {most} GB 文本。未做任何改动。请按年分次导入、少导出几列（时间、金额、客户和订单号就够了），或拆分文件。",
  "refusal.worker":
    "页面中负责修复文件的部分停止了。请重试；如果仍然如此，请把文件另存为“CSV UTF-8”。",
  "refusal.empty": "文件是空的。请重新导出，并确认文件大小不为 0。",
  "refusal.html":
    "这是一个网页，不是表格，多半是误存了店铺的登录页。请登录后台，用自带的导出功能导出 CSV。",
  "refusal.binary": "这不是文本文件，可能是图片、PDF 或程序。请把订单导出为 CSV。",
  "refusal.zip": "这是套在多层压缩包里的 zip。请先解开外层，再把里面的文件拖进来。",
  "refusal.xlsx": "这是 gzip 里的 Excel 工作簿。请解压后拖入工作簿，或把工作表另存为“CSV UTF-8”。",
  "refusal.broken-zip":
    "压缩包或其中的这个文件已损坏，或没有下载完整。请重新下载；如果仍然如此，请解压后把里面的 CSV 拖进来。",
  "refusal.encrypted-zip":
    "压缩包设有密码。请用密码解压后把里面的文件拖进来；文件不会离开这台电脑。",
  "refusal.zip-method":
    "压缩包里的这个文件用了浏览器不认识的压缩方式（方式 {method}）。请解压后拖入文件，或重新压缩为普通 zip。",
  "refusal.inflates-too-far":
    "里面的内容解压后会超过 4 GB，或达到原大小的几百倍，所以没有解压。请自行解压后只拖入订单文件。",
  "refusal.too-many-files": "文件超过 {limit} 个，一次最多读取这么多。请只拖入其中的订单导出文件。",
  "refusal.empty-archive": "里面没有可读的内容：没有文件，也没有填了内容的工作表。请重新导出。",
  "refusal.broken-workbook":
    "Excel 工作簿已损坏，或没有下载完整。请用 Excel 打开后重新保存，或把工作表另存为“CSV UTF-8”。",
  "refusal.encrypted-workbook":
    "Excel 工作簿设有密码。请去掉密码后保存，或把工作表另存为“CSV UTF-8”；文件不会离开这台电脑。",
  "refusal.uncalculated":
    "工作表中有 {count} 个公式还没有结果，无法知道它们的值。请用 Excel 打开并保存后重新拖入。",
  "refusal.document":
    "这是文档，不是 Excel 工作簿（.xlsx）。请打开后把表格另存为 .xlsx 或“CSV UTF-8”。",
  "refusal.summary-sheet":
    "这张工作表有日期和金额，没有订单号和客户，而同一工作簿的另一张表有：它看起来是那张表的汇总，为避免重复计算没有读入。如果是另外的订单，请另存为单独的文件后拖入。",
  "refusal.json": "这是 JSON，不是表格。请把订单导出为 CSV。",
  "refusal.header-only": "只有表头，下面没有数据。请导出有订单的时间段。",
  "refusal.no-time":
    "没有哪一列是下单时间，无法把订单放到时间轴上。请导出时带上下单日期，或在下方指定这一列。",
  "refusal.no-amount":
    "没有哪一列是金额。请导出时带上订单总额，或数量和单价，也可以在下方指定这一列。",
  "refusal.unreadable": "浏览器读不到这个文件，它可能被移动或修改过。请重新拖入。",
};
