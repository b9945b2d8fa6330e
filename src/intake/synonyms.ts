import { contactNames } from "./contactNames.ts";
import type { ContactField } from "./contactNames.ts";
import { hintedFields } from "./hintedFields.ts";
import type { Role } from "./report.ts";

/** What a column can be: the public roles, and a few that only intake itself uses. */
export type Field =
  | Role
  | ContactField
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

const names: Record<Exclude<Field, ContactField>, Names> = {
  customer: [
    [
      1,
      "customer id|customerid|customer_id|customer number|customer no|buyer user id|buyer id|buyer username|user id|userid|client id|member id|买家会员名|下单帐号|下单账号|客户id|客户编号|用户id|会员id|会员号|会员编号|買家帳號|會員編號|顧客id|顧客編號|会員id|会員番号|顧客番号|kundennummer|kunden id|kundennr|n° client|numero client|id client|cliente id|id cliente|numero cliente|customer code|customer ref|account id|account number|shopper id|patron id|买家id|买家账号|买家帐号|买家快手号|用户账号|用户编号|会员账号|会员卡号|顾客id|顾客编号|openid|unionid|會員帳號|會員id|買家id|客戶編號|客戶id|注文者id|購入者id|会員コード|顧客コード|顧客no|お客様番号|お客様id|kunden nr|kunden-nr|kunden-id|käufer id|debitorennummer|identifiant client|code client|numéro client|numéro de client|ref client|réf client|código de cliente|codigo cliente|número de cliente|nº cliente|n° de cliente|id comprador|id del comprador|id buyer|id customer|id user",
    ],
    [
      0.95,
      "email|customer email|buyer email|buyer-email|e-mail|email address|customer e-mail|from email address|contact email|买家邮箱|客户邮箱|邮箱|電子郵件|信箱|メールアドレス|e-mail-adresse|courriel|correo|correo electronico|billing email|shipping email|user email|account email|customer mail|mail|mail address|电子邮箱|电子邮件|客户电子邮件|電郵|電郵地址|電子信箱|電子郵件地址|顧客電郵|客戶信箱|客戶電郵|会員メールアドレス|注文者メールアドレス|購入者メールアドレス|e-mail adresse|email adresse|mailadresse|kunden e-mail|kunden email|adresse e-mail|adresse email|adresse mail|email client|email du client|correo del cliente|correo del comprador|email del cliente|email del comprador|direccion de correo|bill mail address|billing mail address|ship mail address",
    ],
    [
      0.93,
      "买家手机号|买家手机|客户手机号|会员手机号|手机号|手机号码|手机|買家手機|手機號碼|手機|用户手机号|用户手机|顾客手机号|会员手机|下单手机号|買家手機號碼|會員手機|顧客電話|客戶電話",
    ],
    [
      0.92,
      "customer|client|buyer|user|member|buyer name id|客户|買家|买家|用户|會員|会员|顧客|客戶|kunde|cliente|shopper|purchaser|guest name id|顾客|訂購人|購買人|購買者|注文者|購入者|käufer|besteller|acheteur|comprador",
    ],
    [
      0.85,
      "phone|customer phone|buyer phone number|telephone|mobile|收件人手机号|收件人手机|收货人手机号/提货人手机号|收货人手机号|收货人手机|联系手机|联系电话|電話|聯絡電話|電話番号|telefon|telefono|phone number|phone no|mobile number|mobile phone|contact number|billing phone|shipping phone|buyer phone|customer phone number|收件人电话|收货人电话|收件人手机号码|收货电话|收件人联系方式|买家电话|收件者電話|收件人電話|收件者手機|電話號碼|行動電話|注文者電話番号|購入者電話番号|送付先電話番号|telefonnummer|mobilnummer|handynummer|telephone client|numero de telephone|numero de telefono|celular|movil",
    ],
    [
      0.75,
      "买家昵称|客户昵称|买家支付宝账号|user_pseudo_id|buyer|customer reference id|用户昵称|会员昵称|买家用户名|买家名称|用户名|買家暱稱|會員暱稱",
    ],
    [
      0.7,
      "customer name|buyer name|client name|full name|客户姓名|客户名称|买家姓名|顧客名|氏名|お名前|kundenname|nom du client|nombre del cliente|收件人|收货人|收件人姓名|收货人姓名|收货人/提货人|buyer full name|purchaser name|client full name|顾客姓名|用户姓名|会员姓名|会员名称|客戶姓名|客戶名稱|顧客姓名|顧客名稱|買家姓名|訂購人姓名|收件者|收件者姓名|注文者氏名|注文者名|購入者名|会員名|käufername|name des käufers|besteller name|nom client|client nom|nom acheteur|nombre del comprador|nombre cliente|nombre y apellido",
    ],
    [0.6, "billing name|ship-to name|shipping name|recipient name|name"],
  ],
  order_id: [
    [
      1,
      "order id|order number|order no|order_id|orderid|ordernumber|amazon-order-id|订单编号|订单号|主订单编号|訂單編號|訂單號碼|訂單號|注文番号|受注番号|注文id|bestellnummer|bestell-nr|auftragsnummer|numero de commande|n° commande|commande|numero de pedido|pedido|order ref|order code|order key|sale id|sales id|sale number|sale no|sales order|sales order number|purchase id|purchase number|订单id|订单流水号|平台订单号|交易订单号|订单号码|交易编号|訂單id|交易編號|訂單序號|交易序號|注文no|注文管理番号|オーダーid|オーダー番号|オーダーno|受注no|受注id|購入番号|取引id|取引番号|bestell id|bestell-id|bestellnr|auftragsnr|auftrags-nr|auftrags nr|bestellung|id commande|numéro commande|n° de commande|référence commande|référence de commande|référence de la commande|ref commande|n° de pedido|nº de pedido|nº pedido|numero pedido|id pedido|id del pedido|de venta|numero de venta|id de venta|n° de venta|id order|numero de orden|numero orden|orden|id orden",
    ],
    [
      0.95,
      "invoice no|invoiceno|invoice number|invoice id|invoice|transaction id|receipt number|receipt no|order|order name|交易号|交易单号|单号|發票號碼|rechnungsnummer|rechnungsnr|facture|numero de facture|factura|numero de factura|ecommerce transaction id|checkout id|bill no|bill number|ticket number|ticket id|document number|document no|sale|小票号|流水号|单据编号|单据号|單號|單據編號|發票編號|伝票番号|伝票no|レシート番号|belegnummer|beleg-nr|bonnummer|vorgangsnummer|numéro de ticket|numero de ticket|folio",
    ],
    [0.7, "id|name|payment id|charge id|sales record number|order reference|reference"],
  ],
  ordered_at: [
    [
      1,
      "订单付款时间|买家付款时间|支付完成时间|支付时间|付款时间|訂單付款時間|付款時間|支付時間|订单支付时间|订单支付日期|订单付款日期|付款日期|支付日期|買家付款時間|訂單付款日期|付款日期時間",
    ],
    [
      0.98,
      "订单成交时间|成交时间|下单时间|下單時間|訂單日期|訂單時間|订单日期|订单时间|购买时间|购买日期|交易时间|交易日期|下单日期|成交日期|訂購日期|訂購時間|下單日期|購買日期|購買時間|訂單成立日期|交易時間|成交時間",
    ],
    [
      0.97,
      "ordered at|order date|orderdate|order datetime|order time|purchase date|purchased at|purchase-date|invoicedate|invoice date|sale date|transaction date|created at|created date|created date utc|created|order created at|order placed|date ordered|date created|注文日|注文日時|受注日|購入日|bestelldatum|auftragsdatum|kaufdatum|date de commande|date commande|date de la commande|fecha de pedido|fecha pedido|fecha de compra|create time|created time|create date|creation date|creation time|order created|order creation date|order created time|order creation time|created on|date placed|placed at|placed on|date of order|date of purchase|purchase time|purchase datetime|sales date|sale time|sale datetime|sold at|sold on|date sold|transaction time|transaction datetime|transaction date time|opened|opened at|open time|business date|checkout date|ご注文日|ご注文日時|注文日付|受注日時|受注日付|購入日時|取引日|取引日時|売上日|売上日時|販売日|販売日時|bestellzeitpunkt|bestellzeit|bestellt am|verkaufsdatum|verkauft am|belegdatum|transaktionsdatum|date achat|date d'achat|date de vente|date vente|date de transaction|commandé le|fecha de venta|fecha venta|fecha compra|fecha de la compra|fecha del pedido|fecha y hora|fecha de la venta|fecha de transaccion|ts created|ts created iso|created iso|created timestamp|created utc|order timestamp|order created date|order placed date|order placed at",
    ],
    [
      0.9,
      "订单创建时间|创建时间|订单提交时间|订单下单时间|拍下时间|訂單建立時間|訂單成立時間|建立時間|建立日期|作成日時|erstellt am|date de creation|fecha de creacion|创建日期|订单生成时间|生成时间|提交时间|訂單建立日期|創建時間|登録日時|angelegt am|date d'ajout|date ajout|fecha creacion",
    ],
    [
      0.88,
      "date|datetime|timestamp|time|day|日期|时间|時間|日時|日付|datum|fecha|event_timestamp|event time",
    ],
    [
      0.75,
      "paid at|payments date|paid on date|payment date|付款确认时间|rechnungsdatum|date de facture|fecha de factura|paid time|paid date|payment time|closed|closed at|入金日時|決済日時|決済日|zahlungsdatum|bezahlt am|date de paiement|fecha de pago",
    ],
    [
      0.5,
      "交易成功时间|订单完成时间|completed at|ship date|shipped date|shipped on date|shipped at|date shipped|发货时间|發貨時間|出荷日|lieferdatum|event_date",
    ],
  ],
  amount: [
    [
      1,
      "converted amount|net sales|grand total base|grand total|order total|total price|total paid|amount paid|买家实际支付金额|订单实付金额|实付金额|实际支付金额|商品实际价格总共|商品实际成交金额|商家实收金额元|商家实收金额|實付金額|实收金额|實收金額|支付金额|支付金額|付款金额|成交金额|成交金額|お支払い金額|支払金額|gesamtbetrag|gesamtsumme|montant total|total ttc|importe total|order total amount|total order amount|total order value|total incl tax|total inc tax|total including tax|amount charged|total charged|amount due|实付款|实付|实付总额|买家实付|买家实付金额|用户实付款|订单实付|订单实付款|顾客实付|实收|实收款|实收总额|买家总支付金额|支付总额|付款总额|商家应收金额|買家總支付金額|實付|實付總額|實收|買家實付金額|結帳金額|付款總額|お支払金額|お支払額|支払い金額|支払額|決済金額|ご請求額|gesamtpreis brutto|rechnungsbetrag|zahlbetrag|endbetrag|bestellwert|bestellsumme|auftragswert|bruttobetrag|montant payé|montant réglé|total payé|total commande|total de la commande|montant de la commande|montant commande|total paye reel|total pagado|importe pagado|monto pagado|total del pedido|total pedido|importe del pedido|total de la compra",
    ],
    [
      0.98,
      "应付金额|订单应付金额|order amount total|order grand total|用户应付金额|用户应付|买家应付|买家应付金额|应付总额|订单应付|应收金额|訂單合計|訂單總額|訂單總金額|訂單總計|應付金額|應付總額|應收金額|注文金額|注文合計|注文合計金額|ご注文金額|ingresos por productos|ingresos por productos y envio",
    ],
    [
      0.97,
      "total|total amount|order amount|amount|order value|sales|sales amount|revenue|订单实际支付金额|用户实付金额元|用户实付金额|訂單金額|订单金额|金额|金額|销售额|銷售額|销售金额|總金額|总金额|消费金额|umsatz|betrag|summe|montant|chiffre d'affaires|importe|monto|ventas|売上|売上金額|合計|合計金額|总价|總價|合计|合计金额|paid price|price paid|paid amount|total sale|total sales|sale amount|sales total|sale total|gross amount|gross total|订单总额|订单总价|订单总金额|订单合计|总额|总计|总计金额|總額|總計|交易金额|交易金額|請求金額|ご請求金額|総額|総合計|総計|総合計金額|売上高|購入金額|取引金額|gesamt|gesamtwert|gesamtpreis|total ht|montant ttc|prix total|prix total ttc|ca|ingresos|monto total|importe bruto|precio total|total de la venta|venta total|total venta|facturacion",
    ],
    [
      0.93,
      "item-price|item price total|line total|line amount|linetotal|extended price|total value|dollar_value|dollar value|dollars|spend amount|transaction amount|payment amount|gross|gross sales|net amount|purchase amount|event_value_in_usd|小计|小計|商品金额|商品总价元|商品总价|结算金额|order net|net total|item total|item subtotal after discount|sku subtotal after discount|row total|product total|positionspreis|positionssumme|positionsbetrag|positionswert|zeilensumme|warenwert|artikelpreis gesamt|total ligne|montant ligne|total linea|importe linea|subtotal linea|商品实付金额|商品实付|商品成交金额|商品小計|商品合計|商品合計金額|小計金額|nettobetrag|实际收入|收入|收入金额|结算收入|revenue gross|gross revenue|order revenue",
    ],
    [
      0.85,
      "total collected|subtotal|grand total purchased|amount original|商品金额小计|商品金额合计|应收订单金额|订单实收金额|成交价|成交价格|到手价|final price|sale price|selling price total",
    ],
    [0.6, "price|value|价格|價格|価格|preis|prix|precio|cost to customer"],
  ],
  refund: [
    [1, "converted amount refunded"],
    [
      0.99,
      "refunded amount|refund amount|refund|refunds|amount refunded|total refunded|refund total|退款金额|订单已退款金额|商品已退款金额|已退款金额|退款金額|退款|返金額|返金|erstattung|erstattungsbetrag|rueckerstattung|remboursement|montant rembourse|reembolso|importe reembolsado|refunded|order refund amount|refund value|total refund|refunded total|amount refunded total|refunds total|退款总额|退款总金额|退款额|实际退款金额|实退金额|退款總額|退款總金額|實際退款金額|返金合計|返金額合計|返金総額|gutschriftsbetrag|gutschrift|rückerstattungsbetrag|rückerstattung|erstattet|erstatteter betrag|montant du remboursement|total remboursé|remboursé|remboursements|avoir|monto reembolsado|importe reembolso|importe devuelto|reembolsado|reembolsos|anulaciones y reembolsos|devoluciones|devuelto",
    ],
    [0.8, "returned amount|returns|累计退款金额|退货金额|退貨金額"],
  ],
  discount: [
    [
      1,
      "discount|discount amount|discounts|total discount|item-promotion-discount|promotion discount|优惠金额|折扣金额|優惠金額|折扣|优惠总金额|店铺优惠合计|商品优惠|折價|値引|値引額|割引|割引額|rabatt|remise|reduction|descuento|discount total|order discount|order discount amount|cart discount|cart discount amount|coupon value|coupon amount|seller discount|seller discount total|优惠|优惠总额|折扣总额|优惠合计|优惠减免|商家优惠|店铺优惠金额|優惠|優惠折扣|優惠總額|折扣金額|折扣總額|折價金額|値引き|値引金額|値引き額|値引合計|クーポン値引額|rabattbetrag|nachlass|gesamtrabatt|montant remise|remise totale|total des réductions|montant de la réduction|descuentos|importe descuento|monto descuento|descuento total",
    ],
    [0.8, "店铺优惠折扣元|店铺优惠|平台优惠|lineitem discount|lineitemdiscount|支付优惠合计"],
  ],
  status: [
    [
      1,
      "status|order status|order-status|financial status|payment status|transaction status|订单状态|订单商品状态|交易状态|訂單狀態|付款狀態|支付状态|状态|狀態|ステータス|注文状況|注文ステータス|bestellstatus|statut|statut de la commande|estado|estado del pedido|order state|sale status|état|etat|état de la commande|etat de la commande|statut commande|auftragsstatus|verkaufsstatus|estatus|estado de la venta|estado pedido|estado del envio y venta|订单当前状态|当前状态|交易狀態|訂單當前狀態|注文状態|受注状態|受注ステータス|状態|処理状況|対応状況",
    ],
    [0.8, "event type|fulfillment status|item-status|payment state"],
  ],
  currency: [
    [1, "converted currency"],
    [
      0.99,
      "currency|currency code|币种|货币|幣別|貨幣|通貨|waehrung|währung|devise|moneda|divisa|order currency|order currency code|currency iso|iso currency|transaction currency|币别|货币类型|币種|幣種|貨幣單位|通貨コード|währungscode|code devise|código de moneda",
    ],
  ],
  product: [
    [
      1,
      "product|product name|product title|item name|item title|lineitem name|title|宝贝标题|商品名称|商品名|选购商品|全部商品名称|商品|产品|产品名称|品名|商品名稱|產品名稱|produkt|produktname|artikel|artikelname|produit|nom du produit|producto|nombre del producto|product names|products|item names|menu item|article name|商品标题|产品标题|宝贝名称|商品全称|商品標題|產品標題|商品品名|品項|品項名稱|品名規格|商品タイトル|品目|アイテム名|artikelbezeichnung|artikelbeschreibung|produktbezeichnung|produkttitel|warenbezeichnung|article|articles|nom de l'article|nom article|nom produit|libellé|libellé produit|articulo|nombre del articulo|nombre producto|título de la publicación|titulo de la publicacion|titulo del producto",
    ],
    [
      0.85,
      "description|item|标题|標題|item description|bezeichnung|designation|descripcion|product details|beschreibung|descripción|désignation|título|titulo|descripcion del producto",
    ],
  ],
  sku: [
    [
      1,
      "sku|lineitem sku|product id|productid|stockcode|stock code|item number|item id|product code|custom label|商品编码|商家编码|sku编码自定义|sku编码|规格编码|商品id|货号|商品編號|貨號|商品番号|商品コード|artikelnummer|art-nr|reference produit|referencia|seller sku|item sku|product sku|variant sku|sku code|sku no|sku number|sku id|商品货号|款号|款式编码|商品条码|sku条码|商品貨號|商品選項貨號|主商品貨號|款號|商品管理番号|品番|artikel-nr|artikel nr|art.-nr|artikelnr|référence article|référence produit|référence du produit|code article|código de producto|codigo de articulo|código sku",
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
      "quantity|qty|units|quantity-purchased|lineitem quantity|number of items|items|unit count|宝贝总数量|购买数量|商品数量|订购数量|商品数量件|数量|數量|购买件数|件数|件數|個数|点数|menge|anzahl|stueckzahl|stück|quantite|qte|cantidad|unidades|number_of_cds|total quantity|order quantity|ordered quantity|qty ordered|ordered qty|quantity ordered|quantity sold|qty sold|items sold|units sold|total units|total items|sku件数|成交数量|销售数量|下单数量|总数量|总件数|購買數量|訂購數量|下單數量|銷售數量|總數量|注文数|注文数量|購入数|購入数量|販売数|数|bestellmenge|verkaufte menge|stk|nombre|nombre d'articles|nb articles|nb d'articles|quantité commandée|quantite vendue|cant|cantidad vendida|cantidad pedida|numero de unidades",
    ],
  ],
  unit_price: [
    [
      1,
      "unit price|unitprice|price per unit|price each|lineitem price|item price|单价|商品单价|京东价|商品实际价格单件|商品价格单件|單價|商品單價|単価|einzelpreis|stueckpreis|stückpreis|prix unitaire|precio unitario|item cost|unit cost price|price ex tax|retail|retail price|成交单价|销售单价|商品售价|販売単価|販売価格|商品単価|商品價格|einzelpreis brutto|preis pro stück|preis je einheit|prix unitaire ttc|prix unitaire ht|prix à l'unité|precio por unidad|precio unitario de venta|valor unitario|precio del producto|product price|prix du produit|artikelpreis",
    ],
    [
      0.8,
      "price|价格|價格|価格|preis|prix|precio|selling price|售价|售價|商品原价|商品原價|原价|原價",
    ],
  ],
  channel: [
    [
      1,
      "channel|sales channel|sales-channel|source|order source|order type|purchase point|来源渠道|渠道|渠道来源|订单渠道|流量来源|来源|來源|通路|管道|販売経路|チャネル|kanal|vertriebskanal|canal|canal de vente|canal de venta|带货账号昵称|order channel|sale channel|sales source|marketplace|订单平台|来源平台|平台来源|销售平台|下单渠道|下单来源|下單來源|下單渠道|訂單來源|訂單渠道|來源渠道|銷售渠道|銷售通路|銷售管道|交易来源|販売チャネル|購入経路|注文経路|流入元|verkaufskanal|marktplatz|bestellkanal|canal d'achat|place de marché|canal de ventas",
    ],
    [0.98, "订单来源"],
    [0.95, "销售渠道"],
    [0.9, "店铺名称"],
    [
      0.85,
      "campaign|campaign name|medium|utm source|utm_source|marketing channel|推广渠道|投放渠道|推广计划|计划名称|広告|kampagne|campagne|campana",
    ],
    [
      0.6,
      "platform|store|shop|location|门店|店铺|店鋪|商店|门店名称|所属门店|店舗|店舗名|门市|門市|filiale|magasin|boutique|tienda|sucursal|平台|平台名称",
    ],
  ],
  country: [
    [
      1,
      "country|shipping country|ship-country|ship country|buyer country|country code|国家|国家/地区|國家|国|国名|land|pays|pais|country billing|country shipping|country name|customer country|destination country|country code shipping|country code billing|收货国家|收货国家/地区|国家地区|國家/地區|國家地區|收貨國家|配送先国|お届け先国|lieferland|zielland|rechnungsland|pays de livraison|pays livraison|pays client|país|país de envío|pais de envio|pais de entrega",
    ],
    [0.9, "billing country"],
  ],
  coupon: [
    [
      1,
      "coupon|coupon code|discount code|promo code|promotion code|voucher|voucher code|优惠码|优惠券|优惠券码|優惠碼|優惠券|折扣碼|クーポン|クーポンコード|gutschein|gutscheincode|code promo|cupon|codigo de descuento|discount codes|promo|promocode|coupon codes|voucher used|优惠代码|折扣码|优惠券名称|優惠代碼|優惠券代碼|折價券|クーポン名|gutschein-code|rabattcode|aktionscode|code de réduction|code réduction|code promotionnel|código de cupón|codigo de cupon|código promocional|codigo promocional|cupón de descuento|cupon de descuento",
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
      "cancelled at|canceled at|cancelled on|cancellation date|cancel date|voided at|取消时间|订单取消时间|取消時間|キャンセル日|storniert am|date d'annulation|fecha de cancelacion|cancelled time|canceled time|cancelled date|canceled date|cancelation date|取消日期|订单取消日期|取消日時|キャンセル日時|stornodatum|storniert|date annulation|fecha de anulacion|fecha cancelacion",
    ],
  ],
  paid_at: [
    [
      1,
      "paid at|paid on|payment date|payments date|paid on date|订单付款时间|买家付款时间|支付完成时间|支付时间|付款时间|付款確認時間|付款确认时间|訂單付款時間|付款時間|支付時間|入金日|bezahlt am|date de paiement|fecha de pago|paid time|paid date|payment time|payment datetime|订单支付时间|订单支付日期|付款日期|支付日期|订单付款日期|買家付款時間|訂單付款日期|付款日期時間|入金日時|決済日時|zahlungsdatum|zahlungseingang|date paiement|payé le|fecha del pago",
    ],
  ],
  clock: [[1, "time|time of day|order time|uhrzeit|heure|hora|时间|時刻"]],
  adjusted_amount: [[1, "adjusted order total|adjusted total|total after refund"]],
  after_sale: [
    [
      1,
      "售后状态|商品售后|退款状态|订单退款状态|商品退款状态|售後狀態|退款狀態|refund status|return status|退款/退货状态|退货退款状态|退货/退款状态|售后|售后状态描述|退貨退款狀態|退貨/退款狀態|返品状態|返金状態|返金ステータス",
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

const timeSign = /date|time|day|日期|时间|時間|日時|日付|datum|fecha|(^|[a-z])at$|timestamp/;

/** Lower case, full width and Latin accents folded, blanks and punctuation dropped: "Order_ID " and "order id" are one. */
export function foldHeader(header: string): string {
  return header
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .normalize("NFC")
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
  return hintedFields(key);
}

const besideOrders = new Set(
  Object.values(contactNames).flatMap((fields) =>
    Object.values(fields).flatMap((tiers) => tiers.join("|").split("|").map(foldHeader)),
  ),
);

/** Whether a name is known as some column's header. */
export function isKnownHeader(header: string): boolean {
  return [header, header.replace(/[([（].*$/, "")]
    .map(foldHeader)
    .some((key) => table.has(key) || besideOrders.has(key));
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
  if (/mail|邮箱|邮件|信箱|電郵|電子郵件|メール|courriel|correo/.test(key)) return "email";
  if (/phone|mobile|手机|手機|电话|電話|telefon|handy|celular|movil/.test(key)) return "phone";
  if (
    /(^|[a-z])name$|姓名|名称|名稱|昵称|暱稱|氏名|(者|様)名$|收件人|收货人|收件者|^nom|^nombre/.test(
      key,
    )
  )
    return "name";
  return "id";
}

/** Words at the start of a row that sums up others. */
export const totalWords =
  /^(grand ?total|sub ?total|totals?|sum|summe|gesamt|合计|合計|总计|總計|小计|小計|汇总|total général|suma)(?![a-z])/i;
