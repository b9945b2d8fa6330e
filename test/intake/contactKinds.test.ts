import { describe, expect, it } from "vitest";
import { inspectFile } from "../../src/intake/inspectFile.ts";
import type { FileKind } from "../../src/intake/report.ts";

const values = {
  person: ["ada@x.com", "bob@x.com", "cay@x.com"],
  other: ["dan@x.com", "eve@x.com", "fay@x.com"],
  time: ["2025-01-02 10:00:00", "2025-01-03 11:30:00", "2025-01-04 12:00:00"],
  text: ["A", "B", "A"],
  number: ["5", "4", "3"],
};
type Shape = keyof typeof values;

const cases: [FileKind, string, [string, Shape][]][] = [];
function add(kind: FileKind, shapes: Shape[], headers: string[]): void {
  for (const header of headers)
    cases.push([
      kind,
      header,
      header.split(",").map((name, i) => [name, shapes[i]!] as [string, Shape]),
    ]);
}

add(
  "customers",
  ["person", "time", "text", "text"],
  [
    "Customer Email,Registration Date,Source,Tags",
    "客户邮箱,注册时间,来源渠道,标签",
    "電子郵件,註冊時間,來源,標籤",
    "メールアドレス,会員登録日,流入元,ランク",
    "E-Mail-Adresse,Registriert am,Herkunft,Kundengruppe",
    "Courriel,Date d’inscription,Origine,Étiquettes",
    "Correo electrónico,Fecha de registro,Origen,Etiquetas",
  ],
);
add(
  "touches",
  ["person", "time", "text", "text"],
  [
    "Customer Email,Contacted At,Channel,Agent",
    "客户邮箱,触达时间,触达渠道,跟进人",
    "電子郵件,觸達時間,觸達渠道,員工",
    "メールアドレス,連絡日時,チャネル,担当者",
    "E-Mail-Adresse,Kontaktdatum,Kanal,Mitarbeiter",
    "Courriel,Date de contact,Canal,Employé",
    "Correo electrónico,Fecha de contacto,Canal,Empleado",
  ],
);
add(
  "events",
  ["person", "time", "text"],
  [
    "User ID,Event Time,Event Name",
    "用户id,时间,事件名称",
    "會員編號,時間,事件名稱",
    "会員id,日時,イベント名",
    "Kundennummer,Zeitpunkt,Ereignisname",
    "Numéro client,Horodatage,Événement",
    "Número cliente,Fecha,Evento",
  ],
);
add(
  "referrals",
  ["person", "other", "time", "number"],
  [
    "Referrer,Referee,Referred At,Reward",
    "推荐人,被推荐人,推荐时间,奖励金额",
    "推薦人,被推薦人,推薦時間,獎勵",
    "紹介者,被紹介者,紹介日,報酬",
    "Werber,Geworbener,Geworben am,Prämie",
    "Parrain,Filleul,Date de parrainage,Récompense",
    "Padrino,Ahijado,Fecha de recomendación,Recompensa",
  ],
);
add(
  "ratings",
  ["person", "time", "number"],
  [
    "Customer Email,Review Date,Rating",
    "客户邮箱,评价时间,评分",
    "電子郵件,評價時間,評分",
    "メールアドレス,レビュー日,評価",
    "E-Mail-Adresse,Bewertungsdatum,Sterne",
    "Courriel,Date de l'avis,Évaluation",
    "Correo electrónico,Fecha de la reseña,Calificación",
  ],
);

const toText = (columns: [string, Shape][]) =>
  [
    columns.map(([name]) => name).join(","),
    ...[0, 1, 2].map((row) => columns.map(([, shape]) => values[shape][row]).join(",")),
  ].join("\n");

const inspect = (text: string) => inspectFile(new Blob([text]), "x.csv");

describe("a file is known by its columns", () => {
  it.each(cases)("%s: %s", async (kind, _, columns) => {
    const plan = await inspect(toText(columns));
    expect([plan.kind, plan.error]).toEqual([kind, undefined]);
    // every column has its meaning, and the times and numbers a way to be read
    const used = new Set(Object.values(plan.fields).flat());
    expect(columns.map(([name], i) => [name, used.has(i)])).toEqual(
      columns.map(([name]) => [name, true]),
    );
  });
});

describe("order files stay what they are", () => {
  it.each([
    "Order ID,Customer Email,Order Date,Total\n1,a@x.com,2025-01-02,3.50\n2,b@x.com,2025-01-03,4.50",
    "Order ID,Event Name,Customer Email,Order Date,Total\n1,Concert,a@x.com,2025-01-02,3.50\n2,Play,b@x.com,2025-01-03,4.50",
    "Customer Email,Date,Amount,Channel,Campaign,Tags\na@x.com,2025-01-02,3.50,web,s,x\nb@x.com,2025-01-03,4.50,web,s,y",
    "Customer ID,Date,Amount,Rating\n1001,2025-01-02,3.50,5\n1002,2025-01-03,4.50,4",
    "订单号,买家手机号,下单时间,实付金额,订单星级,来源渠道\n1,13800000000,2025-01-02 10:00:00,3.50,5,网店\n2,13900000000,2025-01-03 10:00:00,4.50,4,网店",
  ])("%s", async (text) => {
    expect((await inspect(text)).kind).toBe("orders");
  });
});

describe("what is of no known kind is refused", () => {
  it.each([
    ["no-amount", "Customer Email,Date,Product\na@x.com,2025-01-02,Tea\nb@x.com,2025-01-03,Cup"],
    ["no-orders", "City,Colour\nRome,red\nOslo,blue"],
    [
      "no-customer",
      "event_date,event_timestamp,event_name,user_pseudo_id\n20210127,1611789078248882,first_visit,\n20210127,1611789078248882,page_view,",
    ],
  ])("%s", async (code, text) => {
    expect(await inspect(text)).toMatchObject({ kind: "refused", error: { code } });
  });
});
