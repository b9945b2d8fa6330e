import { expect, it } from "vitest";
import { guessEncoding } from "../../src/intake/encodings.ts";
import { encodeText } from "./encodeText.ts";

const texts: [string, string][] = [
  ["windows-1252", "Kunde,Straße\nJörg Müller,Große Straße 5\nKäthe Böhm,Am Tor 3\n"],
  ["windows-1252", "order,name\n1,Jörg\n"],
  ["windows-1252", "Café,Prix €\nCrème brûlée,5\nPâté,7\nÉclair,2\n"],
  ["windows-1252", "Dirección,País\nMuñoz,España\nJosé Peña,México\n"],
  ["windows-1252", "Endereço,Descrição\nSão João,Pão de açúcar\n"],
  ["windows-1252", "Kunde,By\nSøren Ærø,Århus\nBjørn,Tromsø\n"],
  ["windows-1252", "Item,Size\nFrame 8 ¾”,“Höhe”\nPlan 9-3¾”,5\nÄra à la carte,7\n"],
  ["iso-8859-15", "Prix,Œuvre\n5 €,Cœur\n7 €,Sœur\n"],
  ["windows-1250", "Zamówienie,Imię\n1,Łukasz Żółć\n2,Małgorzata Kęska\n3,Paweł Śliwa\n"],
  ["windows-1250", "Objednávka,Jméno\n1,Jiří Dvořák\n2,Růžena Černá\n3,Zdeněk Šťastný\n"],
  ["windows-1250", "Rendelés,Név\n1,Győző Szűcs\n2,Erdős Pál\n3,Hősök tere\n"],
  ["iso-8859-2", "Objednávka,Jméno\n1,Jiří Dvořák\n2,Růžena Nováková\n3,Šárka Žáková\n"],
  ["windows-1251", "Заказ,Клиент,Сумма\n1,Иван Петров,100\n2,Мария Сидорова,250\n"],
  ["koi8-r", "Заказ,Клиент,Сумма\n1,Иван Петров,100\n2,Мария Сидорова,250\n"],
  ["iso-8859-5", "Заказ,Клиент,Сумма\n1,Иван Петров,100\n2,Мария Сидорова,250\n"],
  ["windows-1253", "Παραγγελία,Πελάτης\n1,Γιώργος Παπαδόπουλος\n2,Μαρία Νικολάου\n"],
  ["windows-1254", "Sipariş,Müşteri\n1,Işıl Yıldız\n2,Çağrı Güneş\n3,Oğuz Şahin\n"],
  ["windows-1257", "Užsakymas,Pirkėjas\n1,Jūratė Žukauskienė\n2,Šarūnas Kęstutis\n"],
  ["gb18030", "订单号,客户,金额\n1,张三,100\n2,李四,200\n"],
  ["big5", "訂單編號,客戶,金額\n1,陳小明,100\n2,林美麗,200\n"],
  ["shift_jis", "注文番号,お客様,金額\n1,山田太郎,100\n2,鈴木一郎,200\n"],
  ["euc-jp", "注文番号,お客様,金額\n1,山田太郎,100\n2,鈴木一郎のカメラ,200\n"],
  ["euc-kr", "주문번호,고객,금액\n1,김철수,100\n2,이영희,200\n"],
];

it.each(texts)("tells %s by what it says: %s", (encoding, text) => {
  const bytes = encodeText(text, encoding);
  const guess = guessEncoding([bytes]);
  expect(new TextDecoder(guess.encoding).decode(bytes)).toBe(text);
});

it("takes none of them for text that is UTF-8", () => {
  for (const [, text] of texts) {
    const guess = guessEncoding([new TextEncoder().encode(text)]);
    expect(guess).toMatchObject({ encoding: "utf-8", confidence: 1 });
  }
});
