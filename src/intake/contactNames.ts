import type { FileKind } from "./report.ts";
import type { Field } from "./synonyms.ts";

/** What a column of a file beside the orders can be. The time of a row is `ordered_at` in every file. */
export type ContactField =
  | "joined_private_at"
  | "member_since"
  | "source"
  | "tier"
  | "referrer_id"
  | "touch_kind"
  | "campaign"
  | "responded_at"
  | "duration"
  | "staff"
  | "referee_id"
  | "method"
  | "reward"
  | "score"
  | "purchase_details" // a record in the cell, of which the id of an order is a part
  | "masked_name"; // tells people apart whose number is masked

const kinds = ["customers", "touches", "events", "referrals", "ratings"] as const;

export type ContactKind = (typeof kinds)[number];

/** Whether a file is none of orders or costs, and tells of customers. */
export function isContactKind(kind: FileKind): kind is ContactKind {
  return (kinds as readonly FileKind[]).includes(kind);
}

/** Names of a field, the surest first; by field and by kind of file. */
export type ContactNames = Partial<Record<Field, string[]>>;

const anyTime =
  "date|datetime|timestamp|time|day|created at|created|日期|时间|時間|创建时间|建立時間|日時|日付|作成日時|datum|zeitpunkt|erstellt am|horodatage|cree le|fecha|creado el";

const channels =
  "channel|touch channel|source medium|medium|utm source|traffic_source|traffic source source|渠道|触达渠道|渠道来源|来源渠道|通路|管道|觸達渠道|来源|來源|チャネル|媒体|経路|kanal|canal";

const referrers =
  "referrer|referrer id|referrer_id|referred by|inviter|invited by|advocate|referral from|推荐人|推荐人手机号|邀请人|邀请人手机号|介绍人|分销员|分销员手机号|推薦人|邀請人|介紹人|紹介者|紹介元|werber|geworben von|empfohlen von|empfehler|parrain|parraine par|padrino|referido por|recomendado por|invitado por";

const events =
  "event|event name|event_name|eventname|event type|event action|事件|事件名|事件名称|事件类型|行为事件|事件名稱|事件類型|イベント|イベント名|ereignis|ereignisname|evenement|nom de l'evenement|evento|nombre del evento";

const touched =
  "touched at|touch time|touch date|contacted at|contact date|contact time|sent at|send time|send date|sent on|message time|call time|call date|call start|called at|event timestamp|event time|触达时间|联系时间|发送时间|通话开始时间|拨打时间|跟进时间|互动时间|拜访时间|觸達時間|聯絡時間|發送時間|撥打時間|跟進時間|送信日時|連絡日時|接触日時|架電日時|配信日時|kontaktdatum|kontaktiert am|gesendet am|anrufdatum|versanddatum|date de contact|date d'envoi|envoye le|date d'appel|fecha de contacto|fecha de envio|enviado el|fecha de llamada";

const touches: ContactNames = {
  ordered_at: [touched, anyTime, "event_date|event date"],
  touch_kind: [
    events,
    "touch kind|touch type|kind|contact type|action|activity|activity type|interaction|触达方式|触达类型|动作|行为|跟进方式|互动类型|觸達方式|觸達類型|動作|行為|互動類型|種類|種別|アクション|kontaktart|aktion|aktivitaet|aktivität|type de contact|action|activite|tipo de contacto|accion|actividad",
    "type|类型|類型|typ|art|tipo",
  ],
  channel: [channels],
  campaign: [
    "campaign|campaign name|utm campaign|task name|活动|活动名称|任务名称|推广计划|活動|活動名稱|任務名稱|キャンペーン|キャンペーン名|kampagne|campagne|campana",
  ],
  cost: [
    "cost|touch cost|cost per contact|成本|费用|花费|触达成本|費用|花費|コスト|kosten|cout|coste|costo",
  ],
  responded_at: [
    "responded at|response at|response date|replied at|reply time|reply date|answered at|clicked at|回复时间|响应时间|应答时间|点击时间|回覆時間|回應時間|應答時間|返信日時|応答日時|beantwortet am|antwort am|antwortdatum|repondu le|date de reponse|respondido el|fecha de respuesta",
  ],
  duration: [
    "duration|duration s|duration seconds|call duration|talk time|seconds|时长|通话时长|停留时长|時長|通話時長|通話時間|滞在時間|dauer|gespraechsdauer|gesprächsdauer|duree|duree d'appel|duracion",
  ],
  staff: [
    "staff|agent|sales rep|employee|operator|owner|handled by|员工|客服|销售|导购|导购员|跟进人|坐席|員工|客服人員|業務|導購|担当|担当者|スタッフ|mitarbeiter|bearbeiter|sachbearbeiter|employe|conseiller|vendeur|empleado|asesor|agente",
  ],
  purchase_details: ["ecommerce"],
};

/** Column names by kind of file, in seven languages; folded by `foldHeader`. */
export const contactNames: Record<ContactKind, ContactNames> = {
  customers: {
    ordered_at: [
      "acquired at|成为客户时间|添加时间|注册时间|成為客戶時間|註冊時間|添加時間|registered at|registration date|registered|customer since|customer created|customer created at|signup date|sign up date|signed up at|first seen|date added|登録日|登録日時|会員登録日|registriert am|registrierungsdatum|kunde seit|angelegt am|date d'inscription|inscrit le|client depuis|fecha de registro|fecha de alta|registrado el|cliente desde",
      anyTime,
      "joined at|join date|加入时间|加入時間",
    ],
    joined_private_at: [
      "joined private at|joined private domain|添加时间|加好友时间|入群时间|关注时间|公众号关注时间|加好友時間|添加時間|入群時間|追蹤時間|friend since|followed at|subscribed at|opt in date|友だち追加日|友だち追加日時|abonniert am|date d'abonnement|fecha de suscripcion",
      "成为客户时间",
    ],
    member_since: [
      "member since|成为会员时间|入会时间|会员注册时间|成為會員時間|入會時間|会員登録日時|入会日|mitglied seit|membre depuis|miembro desde",
    ],
    source: [
      "source|signup source|acquisition channel|acquisition source|来源渠道|客户来源|来源|來源|客戶來源|來源管道|流入元|獲得経路|herkunft|quelle|kundenquelle|origine|source d'acquisition|origen|fuente",
      channels,
    ],
    tier: [
      "tier|level|membership level|membership tier|loyalty tier|vip level|customer group|等级|会员等级|客户等级|等級|會員等級|客戶等級|会員ランク|ランク|stufe|kundengruppe|kundenstufe|niveau|groupe client|nivel|grupo de clientes",
      "付费等级|免费等级",
    ],
    referrer_id: [referrers],
  },
  touches,
  events: touches,
  referrals: {
    referrer_id: [referrers, "customer|customer id|客户|客戶|顧客"],
    referee_id: [
      "referee|referee id|referee_id|referred|referred customer|referred id|invitee|invited|invited customer|friend|被推荐人|被推荐人手机号|被邀请人|被邀请人手机号|被介绍人|被推薦人|被邀請人|被介紹人|被紹介者|geworbener|geworbener kunde|empfohlener|empfohlener kunde|filleul|ahijado|referido|cliente referido|invitado",
      "new customer|新客户|新客|新客戶|新規顧客|neukunde|nouveau client|nuevo cliente",
    ],
    ordered_at: [
      "referred at|referral date|referral time|invited at|invitation date|推荐时间|邀请时间|绑定时间|推薦時間|邀請時間|綁定時間|紹介日|紹介日時|empfohlen am|empfehlungsdatum|geworben am|date de parrainage|parraine le|fecha de referencia|fecha de recomendacion|fecha de invitacion",
      anyTime,
    ],
    method: [
      "method|program|programme|referral method|方式|推荐方式|邀请方式|裂变方式|推薦方式|邀請方式|方法|紹介方法|methode|metodo|programa|programm",
      "campaign|channel|活动|渠道|活動|管道|kampagne|kanal|campagne|canal|campana",
    ],
    reward: [
      "reward|bonus|commission|reward amount|incentive|奖励|佣金|奖励金额|返佣|獎勵|獎勵金額|佣金金額|報酬|特典|praemie|prämie|belohnung|provision|recompense|prime|recompensa|comision",
    ],
  },
  ratings: {
    score: [
      "score|rating|stars|star rating|review score|review rating|nps|nps score|评分|打分|星级|评价分|评价星级|評分|星等|星級|評価|評価点|スコア|bewertung|sterne|note|evaluation|etoiles|puntuacion|calificacion|valoracion|estrellas",
    ],
    ordered_at: [
      "rated at|rating date|review date|reviewed at|review time|submitted at|评价时间|评分时间|評價時間|評分時間|評価日|評価日時|レビュー日|bewertet am|bewertungsdatum|date de l'avis|date de l'evaluation|note le|fecha de la resena|fecha de valoracion|fecha de calificacion",
      anyTime,
    ],
  },
};

/** Names that say what file it is: of an event, of a time of contact. */
export const tellingNames = { events, touched };

/** The start of a folded name of a column of tags; there may be several. */
export const tagName =
  /^(customertags?|tags?|labels?|标签|客户标签|標籤|客戶標籤|タグ|etikett|schlagw(oe|o)rter|etiquet)/;
