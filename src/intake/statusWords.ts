/**
 * Words in status columns that keep an order out of the figures, by reason. Compared in lower case
 * with blanks at the ends dropped; the whole value must match.
 */
export const statusWords = {
  voided: ["voided", "void", "作废", "已作废", "作廢"],
  test: ["test", "test order", "测试", "测试订单", "測試"],
  cancelled: [
    "cancelled",
    "canceled",
    "cancelled by customer",
    "cancelled by seller",
    "cancelled order",
    "canceled order",
    "removed",
    "deleted",
    "已取消",
    "取消",
    "订单取消",
    "已撤销",
    "訂單取消",
    "キャンセル",
    "キャンセル済み",
    "storniert",
    "annulée",
    "annulé",
    "cancelado",
    "cancelada",
  ],
  unpaid: [
    "pending",
    "pending payment",
    "payment pending",
    "awaiting payment",
    "authorized",
    "authorised",
    "expired",
    "unpaid",
    "failed",
    "payment failed",
    "declined",
    "denied",
    "draft",
    "unclaimed",
    "incomplete",
    "requires_payment_method",
    "requires_action",
    "requires_confirmation",
    "requires_capture",
    "on hold",
    "待付款",
    "等待付款",
    "待支付",
    "未付款",
    "未支付",
    "等待买家付款",
    "支付失败",
    "付款失败",
    "待付",
    "未入金",
    "入金待ち",
    "unbezahlt",
    "ausstehend",
    "en attente de paiement",
    "pago pendiente",
  ],
} as const;

/** An order that was closed: cancelled when it was never paid, refunded when it was. */
export const closedWords = ["交易关闭", "已关闭", "交易關閉", "已關閉", "订单关闭", "关闭"];

/** Parts of a return's status that mean the money went back in full. */
export const refundedWords = [
  "退款成功",
  "退款完成",
  "已全额退款",
  "全额退款",
  "退款成功",
  "退款完了",
  "fully refunded",
];

/** Rows of a ledger that move money without selling anything. */
export const transferWords = [
  "withdrawal",
  "deposit",
  "currency conversion",
  "authorization",
  "hold",
  "transfer",
  "payout",
];
