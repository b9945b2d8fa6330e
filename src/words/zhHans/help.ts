import type { help as english } from "../en/help.ts";

export const help: Record<keyof typeof english, string> = {
  "help.show": "帮助与口径",
  "help.title": "怎样读这些数字",
  "help.lead": "所有分析使用同一套口径；每项分析的公式见其“定义”标签。",
  "help.keysOn": "启用单键快捷操作",
  "help.cohort": "同期群",
  "help.cohortNote": "按首单所在的日历周期分组的客户；也可以按首单的属性分组，例如渠道。",
  "help.index": "第 k 期",
  "help.indexNote": "k 是距首单的期数，首单所在的周期为第 0 期。",
  "help.complete": "完整单元格",
  "help.completeNote":
    "整个周期都不晚于数据截止日，才算完整。未完整的单元格用斜线表示，不进入任何平均值。完整但无人购买的单元格是 0，而不是缺失。",
  "help.clock": "计时方式",
  "help.clockNote":
    "“日历”数跨过的边界：1 月 31 日到 2 月 1 日算一个月。“滚动”数客户自首单起满了几个整周期。",
  "help.asOf": "观察截止日",
  "help.asOfNote":
    "默认为数据中最后一笔订单的日期，可以自行设定。从不取“今天”，所以明天看到的数字不会变。",
  "help.order": "订单",
  "help.orderNote":
    "一笔已支付的订单。已取消、未支付、测试和全额作废的订单会排除，原因都列在行数核对中。",
  "help.refund": "退款",
  "help.refundNote":
    "记到原订单上，因而也记到原订单的同期群，即使导出文件把退款单列一行。净额 = 总额 − 退款。",
  "help.sameDay": "同日订单",
  "help.sameDayNote":
    "在购买间隔、复购曲线和模型中，同一客户同一天的多笔订单算一次购买，可以切换。",
  "help.interval": "区间",
  "help.intervalNote":
    "每个比率都带 95 % Wilson 区间：依据背后的客户数，真实比率大致落在哪里。生存曲线使用 log-log 区间。",
  "help.small": "颜色变淡的单元格",
  "help.smallNote": "背后的客户不足 30 位，只能当作线索。",
  "help.money": "金额",
  "help.moneyNote": "从文件到最后的合计都用精确小数，只在显示时取整。不同币种绝不相加。",
  "help.model": "实际与预测",
  "help.modelNote": "实际数字只来自订单行。预测来自拟合的模型，会明确标出，并附上各自的限制。",
  "help.remembered": "会记住什么",
  "help.rememberedNote":
    "只在这个浏览器里，记住你对同一种文件的回答和更正：表头的校验值、你的回答，以及你亲自指定的列名；不含文件里的任何数值。可在文件面板中忘掉。",
};
