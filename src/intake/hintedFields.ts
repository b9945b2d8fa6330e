import type { Field } from "./synonyms.ts";

/** Words that hint at a field inside a longer name; weaker than a whole name, the better the surer. */
const hints: [Field, number, RegExp][] = [
  [
    "customer",
    0.5,
    /customer|client|buyer|member|shopper|客户|客戶|买家|買家|用户|会员|會員|顧客|注文者|購入者|kunde|acheteur|comprador/,
  ],
  // but not the shop's own
  ["customer", 0.6, /^(?!to|seller|shop|store|admin|staff).*(mail|邮箱|信箱|メール)/],
  [
    "order_id",
    0.5,
    /order(id|no|number|nr)|订单(编?号)|訂單(編?號|號碼)|注文(番号|id)|invoice(no|id|number)|bestellnummer|(numero|id|n)(de)?(la)?(commande|pedido|venta)/,
  ],
  [
    "ordered_at",
    0.5,
    /(order|purchase|sale|transaction|invoice|created?|paid|placed).*(date|time|at$|on$)|(下单|订单|付款|支付|成交|交易|購買|购买|訂單|下單|注文|受注|購入).*(时间|時間|日期|日時|日$)|datum$|^date|date$|^fecha/,
  ],
  [
    "amount",
    0.55,
    /(order|grand|sale|invoice|paid).*total|total.*(paid|amount|order|sale)|amount(paid|charged)|(实付|实收|實付|實收|应付|應付|订单总|訂單總|注文合計|請求).*[额額款价價计計]?/,
  ],
  [
    "amount",
    0.5,
    /total|revenue|sales|amount|umsatz|betrag|montant|importe|monto|(实付|实收|应付|支付|成交|訂單|订单|销售|銷售|合計|売上).*[额額]/,
  ],
  ["refund", 0.5, /refund|退款.*[金额額]|返金|erstatt|gutschrift|rembours|reembols|devoluc/],
  [
    "discount",
    0.5,
    /^(?!.*(before|after)).*(discount|优惠|優惠|折扣|値引|割引|rabatt|remise|descuento)/,
  ],
  ["status", 0.5, /status|状态|狀態|ステータス|statut|estado/],
  ["currency", 0.5, /currency|币种|幣別|通貨|waehrung|wahrung|devise|moneda/],
  [
    "product",
    0.5,
    /(product|item|artikel).*(name|title|bezeichnung)|商品(名|标题|標題)|产品名|產品名/,
  ],
  ["quantity", 0.5, /quantity|(^|order|sold)qty|数量|數量|件数|件數|個数|menge$|cantidad|quantite/],
  ["unit_price", 0.5, /unitprice|单价|單價|単価|einzelpreis|prixunitaire|preciounitario/],
  ["country", 0.5, /country|国家|國家/],
  ["cost", 0.5, /spend|adcost|花费|花費|消耗|成本|广告费/],
];

/** What is never the price of an order, whatever else its name says. */
const noAmount =
  /discount|coupon|voucher|refund|return|tax|vat|shipping|freight|delivery|fee|tip|cost|commission|profit|count|quantity|qty|weight|points|优惠|優惠|折扣|折價|退款|运费|運費|快递费|税|稅|佣金|服务费|手续费|手續費|积分|點數|数量|數量|件数|値引|割引|返金|送料|手数料|ポイント|個数|rabatt|erstatt|versand|steuer|gebuhr|provision|menge|remise|rembours|livraison|frais|taxe|descuento|reembols|envio|impuesto|cargo|comision/;

/**
 * What the words inside a header that no dictionary has say of its column.
 *
 * @param key the header as `foldHeader` gives it
 * @returns field to confidence, 0 to 1
 */
export function hintedFields(key: string): Map<Field, number> {
  const fields = new Map<Field, number>();
  const isMoney = !noAmount.test(key);
  for (const [field, score, expression] of hints)
    if (score > (fields.get(field) ?? 0) && (field !== "amount" || isMoney) && expression.test(key))
      fields.set(field, score);
  return fields;
}
