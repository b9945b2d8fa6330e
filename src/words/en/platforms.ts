/** What platforms are called whose name in the files is Chinese. */
export const platforms = {
  "value.platform.淘宝-天猫": "Taobao/Tmall",
  "value.platform.淘宝-天猫-宝贝报表": "Taobao/Tmall items",
  "value.platform.京东": "JD.com",
  "value.platform.拼多多": "Pinduoduo",
  "value.platform.抖店": "Douyin Shop",
  "value.platform.微信小店": "WeChat Shop",
  "value.platform.有赞": "Youzan",
  "value.platform.有赞-商品": "Youzan products",
  "value.platform.有赞-客户": "Youzan customers",
  "value.platform.企业微信": "WeCom",
};
