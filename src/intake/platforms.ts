import type { FileKind } from "./report.ts";
import { foldHeader } from "./synonyms.ts";
import type { Field } from "./synonyms.ts";

/** What is known of a platform's export beyond what its headers and values say. */
export interface Platform {
  name: string;
  kind: FileKind;
  /** the currency of every amount where the file has no column for it */
  currency?: string;
  /** columns that the dictionary alone would take for something else; null for none */
  mapping?: Partial<Record<Field, string | null>>;
  /** amounts in the file are before this discount: subtract it */
  lessDiscount?: boolean;
  /** an order closed after a full refund shows 0 as paid: the refund is what was paid */
  grossCoversRefund?: boolean;
}

const signatures: [Platform, string[]][] = [
  [{ name: "Shopify", kind: "orders" }, ["Name", "Email", "Financial Status", "Lineitem name"]],
  [{ name: "Stripe", kind: "orders" }, ["id", "Created date (UTC)", "Amount Refunded", "Captured"]],
  [
    { name: "Square", kind: "orders" },
    ["Gross Sales", "Net Sales", "Transaction ID", "PAN Suffix"],
  ],
  [
    {
      name: "Amazon All Orders",
      kind: "orders",
      lessDiscount: true,
      mapping: { amount: "item-price", unit_price: null, customer: null },
    },
    ["amazon-order-id", "purchase-date", "item-price", "item-promotion-discount"],
  ],
  [
    {
      name: "Amazon Order Report",
      kind: "orders",
      mapping: { amount: "item-price", unit_price: null },
    },
    ["order-id", "order-item-id", "purchase-date", "quantity-purchased"],
  ],
  [{ name: "eBay", kind: "orders" }, ["Sales Record Number", "Buyer Username", "Item Number"]],
  [{ name: "Etsy", kind: "orders" }, ["Sale Date", "Order ID", "Buyer User ID", "Order Net"]],
  [
    { name: "PayPal", kind: "orders", mapping: { entry_type: "Type" } },
    ["TimeZone", "Gross", "Fee", "Net", "Transaction ID"],
  ],
  [{ name: "Magento", kind: "orders" }, ["Purchase Point", "Grand Total (Base)", "Bill-to Name"]],
  [
    { name: "淘宝/天猫", kind: "orders", currency: "CNY", grossCoversRefund: true },
    ["订单编号", "买家实际支付金额", "订单付款时间"],
  ],
  [
    { name: "淘宝/天猫 宝贝报表", kind: "lines", currency: "CNY" },
    ["订单编号", "标题", "价格", "购买数量", "商家编码"],
  ],
  [{ name: "京东", kind: "orders", currency: "CNY" }, ["订单号", "京东价", "下单帐号"]],
  [
    { name: "拼多多", kind: "orders", currency: "CNY" },
    ["订单号", "订单成交时间", "商家实收金额(元)"],
  ],
  [{ name: "抖店", kind: "orders", currency: "CNY" }, ["主订单编号", "子订单编号", "订单应付金额"]],
  [
    { name: "微信小店", kind: "orders", currency: "CNY" },
    ["订单号", "带货账号昵称", "商品实际价格(总共)"],
  ],
  [{ name: "有赞", kind: "orders", currency: "CNY" }, ["订单号", "买家付款时间", "订单实付金额"]],
  [
    { name: "有赞 商品", kind: "orders", currency: "CNY" },
    ["订单号", "订单商品状态", "商品实际成交金额"],
  ],
  [
    { name: "有赞 客户", kind: "customers", currency: "CNY" },
    ["客户手机号", "成为客户时间", "消费次数"],
  ],
  [{ name: "企业微信", kind: "customers", currency: "CNY" }, ["客户名称", "添加人", "添加时间"]],
  [
    { name: "UCI Online Retail", kind: "orders" },
    ["InvoiceNo", "StockCode", "UnitPrice", "CustomerID"],
  ],
  [
    { name: "GA4", kind: "events" },
    ["event_date", "event_timestamp", "event_name", "user_pseudo_id"],
  ],
  [{ name: "Google Ads", kind: "costs" }, ["Campaign", "Campaign ID", "Cost", "Impr."]],
];

const folded = signatures.map(
  ([platform, headers]) => [platform, headers.map(foldHeader)] as const,
);

/** The platform whose headers are all there; the most telling one where several fit. */
export function recognisePlatform(headers: string[]): Platform | undefined {
  const present = new Set(headers.map(foldHeader));
  return folded
    .filter(([, required]) => required.every((header) => present.has(header)))
    .sort((a, b) => b[1].length - a[1].length)[0]?.[0];
}
