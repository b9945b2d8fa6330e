/** What platforms are called whose name in the files is Chinese. */
export const platforms = {
  "value.platform.淘宝-天猫": "淘宝/天猫",
  "value.platform.淘宝-天猫-宝贝报表": "淘宝/天猫 宝贝报表",
  "value.platform.京东": "京东",
  "value.platform.拼多多": "拼多多",
  "value.platform.抖店": "抖店",
  "value.platform.微信小店": "微信小店",
  "value.platform.有赞": "有赞",
  "value.platform.有赞-商品": "有赞 商品",
  "value.platform.有赞-客户": "有赞 客户",
  "value.platform.企业微信": "企业微信",
};
