import { foldHeader, identityOfHeader, scoreHeader } from "./synonyms.ts";
import { type Role, roleSubjects } from "./report.ts";

/** What a column seems to tell of a person. */
export type Personal =
  "email" | "phone" | "name" | "address" | "birthday" | "document" | "customer" | "remark";

const enough = 0.5; // of the values that are there

const values: [Personal, RegExp][] = [
  ["email", /^[^@\s]+@[^@\s]+\.[^@\s]+$/],
  ["document", /^\d{17}[\dX]$/i],
  ["phone", /^(\(?\+|00)[\d\s()/.-]{8,}$|^(86)?1[3-9]\d{9}$|^1[3-9]\d[*＊]{4}\d{4}$/],
];

const headers: [Personal, RegExp][] = [
  ["email", /e?mail|邮箱|邮件|信箱|電郵|電子郵件|メール|courriel|correoe/],
  [
    "phone",
    /phone|mobile|手机|手機|电话|電話|telefon|handy|celular|movil|^fax|^tel$|微信号|wechatid/,
  ],
  ["birthday", /birth|^dob$|生日|出生|geburt|naissance|nacimiento/],
  ["document", /身份证|身分證|passport|ssn$|nationalid|taxid|税号|統一編號|steuernummer|^dni$/],
  [
    "address",
    /address|street|zip(code)?$|postal|postcode|^plz$|地址|住址|邮编|邮政编码|郵遞區號|郵便番号|住所|adresse|anschrift|strasse|straße|direccion|codepostal|codigopostal|(shipping|billing|recipient|delivery)(city|province|state|region)|latitude|longitude|^ip/,
  ],
  [
    "name",
    /^(customer|client|buyer|user|member|contact|shipping|billing|recipient|shipto|first|last|middle|given|family|full|nick|display|sur)name|^(last|first)$|vorname|nachname|prenom|apellido|^(nombre|nom)(de|du|del)|姓名|昵称|暱稱|氏名|收件人$|收货人$|收件者$|联系人|聯絡人|^(customer|buyer|client|recipient|consignee)$|会员名|會員名称|買家$|买家$/,
  ],
  [
    "customer",
    /referrer|referee|referredby|invite[er]|推荐人|推薦人|邀请人|邀請人|^openid|^unionid/,
  ],
  ["remark", /note|remark|comment|memo|message|feedback|留言|备注|備註|備考|评价内容|bemerkung/],
];

/**
 * What a column seems to tell of a person, by its values first, then by its name, then by what it was read as. A guess
 * for the reader to look at: null says that nothing was seen, not that nothing is there.
 *
 * @param sample some of its values
 */
export function personalOf(
  header: string,
  sample: readonly string[],
  role: Role | undefined,
): Personal | null {
  const filled = sample.map((value) => value.trim().replace(/^['=]+/, "")).filter(Boolean);
  const isMostly = (shape: RegExp) =>
    filled.length > 0 &&
    filled.filter((value) => shape.test(value)).length >= filled.length * enough;
  const byValue = values.find(([, shape]) => isMostly(shape))?.[0];
  if (byValue) return byValue;
  // whatever its name says: an order of Shopify is called "Name"
  if (role && roleSubjects[role] === "order") return null;
  const key = foldHeader(header);
  const byName = headers.find(([, words]) => words.test(key))?.[0];
  if (byName) return byName;
  // a column of yes and no may be called "Member"
  const isFlag = filled.length > 2 && new Set(filled).size <= 2;
  if (role !== "customer" && (isFlag || !scoreHeader(header).has("customer"))) return null;
  const identity = identityOfHeader(header);
  return identity === "id" ? "customer" : identity;
}
