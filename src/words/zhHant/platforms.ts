/** What platforms are called whose name in the files is Chinese. */
export const platforms = {
  "value.platform.淘宝-天猫": "淘寶/天貓",
  "value.platform.淘宝-天猫-宝贝报表": "淘寶/天貓 寶貝報表",
  "value.platform.京东": "京東",
  "value.platform.拼多多": "拼多多",
  "value.platform.抖店": "抖店",
  "value.platform.微信小店": "微信小店",
  "value.platform.有赞": "有讚",
  "value.platform.有赞-商品": "有讚 商品",
  "value.platform.有赞-客户": "有讚 客戶",
  "value.platform.企业微信": "企業微信",
};
