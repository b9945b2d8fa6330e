/** What a figure says where it cannot say what it would, and what is left out of the headline. */
export const sentence = {
  "sentence.nothing": "暫時沒有可說的：這些資料還算不出這句話裡的數字。",
  "notebook.unbooked":
    "有 {amount} 的退款在檔案中找不到原訂單：此處各項數字都未扣除它們，資料品質中有計數。",
};
