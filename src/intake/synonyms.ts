import type { Role } from "./report.ts";

/** What a column can be: the public roles, and a few that only intake itself uses. */
export type Field =
  | Role
  | "clock" // time of day beside a date column
  | "adjusted_amount" // what is left of the amount after refunds; 0 for "not adjusted"
  | "after_sale" // status of a return, in words
  | "cost"
  | "cost_kind"
  | "registered_at" // when somebody became a customer: the file is a list of customers
  | "refund_of" // the order that a refund row takes back
  | "entry_type" // what a row of a ledger is
  | "lifetime"; // figures of a whole customer, never of an order

/** The names of a field, the surest first: [confidence, names]. Names are folded by `foldHeader`. */
type Names = [number, string][];

const names: Record<Field, Names> = {
  customer: [
    [
      1,
      "customer id|customerid|customer_id|customer number|customer no|buyer user id|buyer id|buyer username|user id|userid|client id|member id|买家会员名|下单帐号|下单账号|客户id|客户编号|用户id|会员id|会员号|会员编号|買家帳號|會員編號|顧客id|顧客編號|会員id|会員番号|顧客番号|kundennummer|kunden id|kundennr|n° client|numero client|id client|cliente id|id cliente|numero cliente",
    ],
    [
      0.95,
      "email|customer email|buyer email|buyer-email|e-mail|email address|customer e-mail|from email address|contact email|买家邮箱|客户邮箱|邮箱|電子郵件|信箱|メールアドレス|e-mail-adresse|courriel|correo|correo electronico",
    ],
    [0.93, "买家手机号|买家手机|客户手机号|会员手机号|手机号|手机号码|手机|買家手機|手機號碼|手機"],
    [
      0.92,
      "customer|client|buyer|user|member|buyer name id|客户|買家|买家|用户|會員|会员|顧客|客戶|kunde|cliente",
    ],
    [
      0.85,
      "phone|customer phone|buyer phone number|telephone|mobile|收件人手机号|收件人手机|收货人手机号/提货人手机号|收货人手机号|收货人手机|联系手机|联系电话|電話|聯絡電話|電話番号|telefon|telefono",
    ],
    [0.75, "买家昵称|客户昵称|买家支付宝账号|user_pseudo_id|buyer|customer reference id"],
    [
      0.7,
      "customer name|buyer name|client name|full name|客户姓名|客户名称|买家姓名|顧客名|氏名|お名前|kundenname|nom du client|nombre del cliente|收件人|收货人|收件人姓名|收货人姓名|收货人/提货人",
    ],
    [0.6, "billing name|ship-to name|shipping name|recipient name|name"],
  ],
  order_id: [
    [
      1,
      "order id|order number|order no|order_id|orderid|ordernumber|amazon-order-id|订单编号|订单号|主订单编号|訂單編號|訂單號碼|訂單號|注文番号|受注番号|注文id|bestellnummer|bestell-nr|auftragsnummer|numero de commande|n° commande|commande|numero de pedido|pedido",
    ],
    [
      0.95,
      "invoice no|invoiceno|invoice number|invoice id|invoice|transaction id|receipt number|receipt no|order|order name|交易号|交易单号|单号|發票號碼|rechnungsnummer|rechnungsnr|facture|numero de facture|factura|numero de factura|ecommerce transaction id",
    ],
    [0.7, "id|name|payment id|charge id|sales record number|order reference|reference"],
  ],
  ordered_at: [
    [1, "订单付款时间|买家付款时间|支付完成时间|支付时间|付款时间|訂單付款時間|付款時間|支付時間"],
    [
      0.98,
      "订单成交时间|成交时间|下单时间|下單時間|訂單日期|訂單時間|订单日期|订单时间|购买时间|购买日期|交易时间|交易日期",
    ],
    [
      0.97,
      "ordered at|order date|orderdate|order datetime|order time|purchase date|purchased at|purchase-date|invoicedate|invoice date|sale date|transaction date|created at|created date|created date utc|created|order created at|order placed|date ordered|date created|注文日|注文日時|受注日|購入日|bestelldatum|auftragsdatum|kaufdatum|date de commande|date commande|date de la commande|fecha de pedido|fecha pedido|fecha de compra",
    ],
    [
      0.9,
      "订单创建时间|创建时间|订单提交时间|订单下单时间|拍下时间|訂單建立時間|訂單成立時間|建立時間|建立日期|作成日時|erstellt am|date de creation|fecha de creacion",
    ],
    [
      0.88,
      "date|datetime|timestamp|time|day|日期|时间|時間|日時|日付|datum|fecha|event_timestamp|event time",
    ],
    [
      0.75,
      "paid at|payments date|paid on date|payment date|付款确认时间|rechnungsdatum|date de facture|fecha de factura",
    ],
    [
      0.5,
      "交易成功时间|订单完成时间|completed at|ship date|shipped date|shipped on date|shipped at|date shipped|发货时间|發貨時間|出荷日|lieferdatum|event_date",
    ],
  ],
  amount: [
    [
      1,
      "converted amount|net sales|grand total base|grand total|order total|total price|total paid|amount paid|买家实际支付金额|订单实付金额|实付金额|实际支付金额|商品实际价格总共|商品实际成交金额|商家实收金额元|商家实收金额|實付金額|实收金额|實收金額|支付金额|支付金額|付款金额|成交金额|成交金額|お支払い金額|支払金額|gesamtbetrag|gesamtsumme|montant total|total ttc|importe total",
    ],
    [0.98, "应付金额|订单应付金额"],
    [
      0.97,
      "total|total amount|order amount|amount|order value|sales|sales amount|revenue|订单实际支付金额|用户实付金额元|用户实付金额|訂單金額|订单金额|金额|金額|销售额|銷售額|销售金额|總金額|总金额|消费金额|umsatz|betrag|summe|montant|chiffre d'affaires|importe|monto|ventas|売上|売上金額|合計|合計金額|总价|總價|合计|合计金额",
    ],
    [
      0.93,
      "item-price|item price total|line total|line amount|linetotal|extended price|total value|dollar_value|dollar value|dollars|spend amount|transaction amount|payment amount|gross|gross sales|net amount|purchase amount|event_value_in_usd|小计|小計|商品金额|商品总价元|商品总价|结算金额|order net|net total",
    ],
    [
      0.85,
      "total collected|subtotal|grand total purchased|amount original|商品金额小计|商品金额合计|应收订单金额|订单实收金额",
    ],
    [0.6, "price|value|价格|價格|価格|preis|prix|precio|cost to customer"],
  ],
  refund: [
    [1, "converted amount refunded"],
    [
      0.99,
      "refunded amount|refund amount|refund|refunds|amount refunded|total refunded|refund total|退款金额|订单已退款金额|商品已退款金额|已退款金额|退款金額|退款|返金額|返金|erstattung|erstattungsbetrag|rueckerstattung|remboursement|montant rembourse|reembolso|importe reembolsado",
    ],
    [0.8, "returned amount|returns|累计退款金额|退货金额|退貨金額"],
  ],
  discount: [
    [
      1,
      "discount|discount amount|discounts|total discount|item-promotion-discount|promotion discount|优惠金额|折扣金额|優惠金額|折扣|优惠总金额|店铺优惠合计|商品优惠|折價|値引|値引額|割引|割引額|rabatt|remise|reduction|descuento",
    ],
    [0.8, "店铺优惠折扣元|店铺优惠|平台优惠|lineitem discount|lineitemdiscount|支付优惠合计"],
  ],
  status: [
    [
      1,
      "status|order status|order-status|financial status|payment status|transaction status|订单状态|订单商品状态|交易状态|訂單狀態|付款狀態|支付状态|状态|狀態|ステータス|注文状況|注文ステータス|bestellstatus|statut|statut de la commande|estado|estado del pedido",
    ],
    [0.8, "event type|fulfillment status|item-status|payment state"],
  ],
  currency: [
    [1, "converted currency"],
    [0.99, "currency|currency code|币种|货币|幣別|貨幣|通貨|waehrung|währung|devise|moneda|divisa"],
  ],
  product: [
    [
      1,
      "product|product name|product title|item name|item title|lineitem name|title|宝贝标题|商品名称|商品名|选购商品|全部商品名称|商品|产品|产品名称|品名|商品名稱|產品名稱|produkt|produktname|artikel|artikelname|produit|nom du produit|producto|nombre del producto",
    ],
    [0.85, "description|item|标题|標題|item description|bezeichnung|designation|descripcion"],
  ],
  sku: [
    [
      1,
      "sku|lineitem sku|product id|productid|stockcode|stock code|item number|item id|product code|custom label|商品编码|商家编码|sku编码自定义|sku编码|规格编码|商品id|货号|商品編號|貨號|商品番号|商品コード|artikelnummer|art-nr|reference produit|referencia",
    ],
    [0.7, "asin|barcode|ean|商品编码平台|修改后的sku"],
  ],
  category: [
    [
      1,
      "category|product category|item category|product type|类目|商品类目|分类|品类|商品分类|類別|分類|商品類別|カテゴリ|カテゴリー|kategorie|categorie|categoria|department",
    ],
    [0.8, "sub-category|subcategory|sub category|segment category|宝贝种类"],
  ],
  quantity: [
    [
      1,
      "quantity|qty|units|quantity-purchased|lineitem quantity|number of items|items|unit count|宝贝总数量|购买数量|商品数量|订购数量|商品数量件|数量|數量|购买件数|件数|件數|個数|点数|menge|anzahl|stueckzahl|stück|quantite|qte|cantidad|unidades|number_of_cds",
    ],
  ],
  unit_price: [
    [
      1,
      "unit price|unitprice|price per unit|price each|lineitem price|item price|单价|商品单价|京东价|商品实际价格单件|商品价格单件|單價|商品單價|単価|einzelpreis|stueckpreis|stückpreis|prix unitaire|precio unitario",
    ],
    [0.8, "price|价格|價格|価格|preis|prix|precio|selling price|售价|售價"],
  ],
  channel: [
    [
      1,
      "channel|sales channel|sales-channel|source|order source|order type|purchase point|来源渠道|渠道|渠道来源|订单渠道|流量来源|店铺名称|来源|來源|通路|管道|販売経路|チャネル|kanal|vertriebskanal|canal|canal de vente|canal de venta|带货账号昵称",
    ],
    [0.98, "订单来源"],
    [0.95, "销售渠道"],
    [
      0.85,
      "campaign|campaign name|medium|utm source|utm_source|marketing channel|推广渠道|投放渠道|推广计划|计划名称|広告|kampagne|campagne|campana",
    ],
    [0.6, "platform|store|shop|location|门店|店铺|店鋪|商店"],
  ],
  country: [
    [
      1,
      "country|shipping country|ship-country|ship country|buyer country|country code|国家|国家/地区|國家|国|国名|land|pays|pais",
    ],
    [0.9, "billing country"],
  ],
  coupon: [
    [
      1,
      "coupon|coupon code|discount code|promo code|promotion code|voucher|voucher code|优惠码|优惠券|优惠券码|優惠碼|優惠券|折扣碼|クーポン|クーポンコード|gutschein|gutscheincode|code promo|cupon|codigo de descuento",
    ],
    [0.8, "promotion-ids|promotion ids|discount name|商品平台券优惠"],
  ],
  tags: [
    [
      1,
      "tags|tag|customer tags|order tags|labels|标签|客户标签|标签组|標籤|タグ|etiketten|etiquettes|etiquetas",
    ],
  ],
  cancelled_at: [
    [
      1,
      "cancelled at|canceled at|cancelled on|cancellation date|cancel date|voided at|取消时间|订单取消时间|取消時間|キャンセル日|storniert am|date d'annulation|fecha de cancelacion",
    ],
  ],
  paid_at: [
    [
      1,
      "paid at|paid on|payment date|payments date|paid on date|订单付款时间|买家付款时间|支付完成时间|支付时间|付款时间|付款確認時間|付款确认时间|訂單付款時間|付款時間|支付時間|入金日|bezahlt am|date de paiement|fecha de pago",
    ],
  ],
  clock: [[1, "time|time of day|order time|uhrzeit|heure|hora|时间|時刻"]],
  adjusted_amount: [[1, "adjusted order total|adjusted total|total after refund"]],
  after_sale: [
    [
      1,
      "售后状态|商品售后|退款状态|订单退款状态|商品退款状态|售後狀態|退款狀態|refund status|return status",
    ],
  ],
  cost: [
    [
      1,
      "cost|costs|spend|spending|ad spend|ad cost|amount spent|amount spent usd|marketing cost|marketing spend|acquisition cost|media cost|total spend|获客成本|花费|消耗|推广费|推广费用|广告费|广告花费|投放费用|投放金额|营销费用|成本|費用|花費|廣告費|行銷費用|獲客成本|広告費|広告費用|kosten|werbekosten|ausgaben|cout|depenses|depense|coste|costo|gasto",
    ],
  ],
  cost_kind: [[1, "kind|cost kind|cost type|spend type|type|成本类型|费用类型|类型|費用類型|類型"]],
  refund_of: [[1, "reference txn id|original order id|original transaction id"]],
  entry_type: [],
  registered_at: [
    [
      1,
      "成为客户时间|成为会员时间|添加时间|注册时间|入会时间|registered at|registration date|joined at|join date|signup date|sign up date|signed up at|member since|customer since|customer created|註冊時間|加入時間|加好友时间|関注时间|公众号关注时间",
    ],
  ],
  lifetime: [
    [
      1,
      "消费次数|消费金额|累计消费|累计消费金额|上次消费时间|orders count|total orders|total spent|lifetime value|amount spent total|number of orders|last order|last order date|成长值|客户储值余额|客户积分|添加人|企微好友",
    ],
  ],
};

const table = new Map<string, Map<Field, number>>();
for (const [field, tiers] of Object.entries(names) as [Field, Names][])
  for (const [confidence, list] of tiers)
    for (const name of list.split("|")) {
      const key = foldHeader(name);
      const fields = table.get(key) ?? new Map<Field, number>();
      if (!fields.has(field)) fields.set(field, confidence);
      table.set(key, fields);
    }

/** Words that hint at a field inside a longer name; weaker than a whole name. */
const hints: [Field, RegExp][] = [
  ["customer", /customer|client|buyer|member|客户|客戶|买家|買家|用户|会员|會員|顧客|kunde/],
  [
    "order_id",
    /order(id|no|number|nr)|订单(编?号)|訂單(編?號)|invoice(no|id|number)|bestellnummer/,
  ],
  [
    "ordered_at",
    /(order|purchase|sale|transaction|invoice|created|paid|placed).*(date|time|at$|on$)|(下单|订单|付款|支付|成交|交易|購買|购买|訂單).*(时间|時間|日期)|datum$|^date|date$/,
  ],
  [
    "amount",
    /total|revenue|sales|amount|umsatz|betrag|(实付|实收|应付|支付|成交|訂單|订单|销售|實付).*[额額]/,
  ],
  ["refund", /refund|退款.*[金额額]|erstatt|rembours|reembols/],
  ["discount", /discount|优惠|優惠|折扣|rabatt|remise|descuento/],
  ["status", /status|状态|狀態/],
  ["currency", /currency|币种|幣別|waehrung|währung/],
  ["product", /product.*(name|title)|商品名|产品名|產品名/],
  ["quantity", /quantity|qty|数量|數量/],
  ["unit_price", /unitprice|单价|單價|単価/],
  ["country", /country|国家|國家/],
  ["cost", /spend|adcost|花费|花費|消耗|成本|广告费/],
];

const timeSign = /date|time|day|日期|时间|時間|日時|日付|datum|fecha|(^|[a-z])at$|timestamp/;

/** Lower case, full width folded, blanks and punctuation dropped: "Order_ID " and "order id" are one. */
export function foldHeader(header: string): string {
  return header
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s\p{P}\p{S}]/gu, "");
}

/** What a header says of its column: field to confidence, 0 to 1. A unit in brackets may be ignored. */
export function scoreHeader(header: string): Map<Field, number> {
  const whole = table.get(foldHeader(header));
  if (whole) return whole;
  const bare = header.normalize("NFKC").replace(/[([（【][^)\]）】]*[)\]）】]\s*$/, "");
  const key = foldHeader(bare) || foldHeader(header);
  const known = table.get(key);
  if (known) return new Map([...known].map(([field, score]) => [field, score - 0.01]));
  const guessed = new Map<Field, number>();
  for (const [field, expression] of hints) if (expression.test(key)) guessed.set(field, 0.5);
  return guessed;
}

/** Whether a name is known as some column's header. */
export function isKnownHeader(header: string): boolean {
  return table.has(foldHeader(header)) || table.has(foldHeader(header.replace(/[([（].*$/, "")));
}

export function isTimeHeader(header: string): boolean {
  return timeSign.test(foldHeader(header));
}

/** Whether an amount column by this name belongs to one line of an order rather than to all of it. */
export function levelOfHeader(header: string): "line" | "order" | undefined {
  const key = foldHeader(header);
  if (/^(line|item|lineitem|商品|sub)|itemprice|linetotal|小计|小計|单价|sales$/.test(key))
    return "line";
  if (/order|total|订单|訂單|应付|实付|實付|invoice/.test(key)) return "order";
  return undefined;
}

/** What kind of identity a customer column is, by its name; a name of a person is the weakest. */
export function identityOfHeader(header: string): "id" | "email" | "phone" | "name" {
  const key = foldHeader(header);
  if (/mail|邮箱|信箱|電子郵件|courriel|correo/.test(key)) return "email";
  if (/phone|mobile|手机|手機|电话|電話|telefon/.test(key)) return "phone";
  if (/(^|[a-z])name$|姓名|名称|昵称|氏名|收件人|收货人|^nom|^nombre/.test(key)) return "name";
  return "id";
}

/** Words at the start of a row that sums up others. */
export const totalWords =
  /^(grand ?total|sub ?total|totals?|sum|summe|gesamt|合计|合計|总计|總計|小计|小計|汇总|total général|suma)(?![a-z])/i;
