import { expect, it } from "vitest";
import { personalOf } from "../../src/intake/personalColumns.ts";
import { roles } from "../../src/intake/report.ts";

it.each([
  ["Email", ["ann@shop.example"], "email"],
  ["col 7", ["ann@shop.example", "", "bob@shop.example"], "email"],
  ["买家手机号", [], "phone"],
  ["号码", ["13800138000", "138****8000"], "phone"],
  ["Contact", ["+49 30 1234567"], "phone"],
  ["收货人姓名", [], "name"],
  ["First Name", ["Ann"], "name"],
  ["Shipping Street", [], "address"],
  ["収件人地址", [], "address"],
  ["Billing Zip", [], "address"],
  ["郵便番号", [], "address"],
  ["Date of birth", [], "birthday"],
  ["身份证号", [], "document"],
  ["买家留言", [], "remark"],
  ["Customer ID", ["C-1"], "customer"],
  ["Referrer", ["C-1"], "customer"],
  ["Kundennummer", ["10042"], "customer"],
])("sees in %j with %j: %s", (header, values, personal) => {
  expect(personalOf(header, values, undefined)).toBe(personal);
});

it.each([
  ["Total", ["12.00"]],
  ["Product name", ["Tea"]],
  ["Lineitem name", ["Tea"]],
  ["Created at", ["2024-01-01 10:00:00 +0200"]],
  ["订单编号", ["202401011234567890123"]],
  ["实付金额", ["138.00"]],
  ["Country", ["DE"]],
  ["Member", ["yes", "no", "yes", ""]],
  ["渠道", ["微信小程序"]],
])("sees nothing in %j with %j", (header, values) => {
  expect(personalOf(header, values, undefined)).toBeNull();
});

it("goes by what the column was read as", () => {
  expect(personalOf("Name", ["#1001"], "order_id")).toBeNull();
  expect(personalOf("Wer", ["K-1"], "customer")).toBe("customer");
  expect(personalOf("Ref", ["ann@shop.example"], "order_id")).toBe("email");
});

it("trusts the name of a column but where its role tells of the order alone", () => {
  const trusting = roles.filter((role) => personalOf("Email", [], role) !== null);
  expect(trusting).toEqual(["customer", "country", "tags"]);
});
