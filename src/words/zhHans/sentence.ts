/** What a figure says where it cannot say what it would, and what is left out of the headline. */
export const sentence = {
  "sentence.nothing": "暂时没有可说的：这些数据还算不出这句话里的数字。",
  "notebook.unbooked":
    "有 {amount} 的退款在文件中找不到原订单：此处各项数字都未扣除它们，数据质量中有计数。",
};
