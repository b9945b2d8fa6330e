/** Where customers come from: how many, how good, what they cost. */
export interface ShopChannel {
  name: string;
  weight: number;
  /** times the mean order rate */
  rate: number;
  /** times the odds of dropping out after an order */
  dropout: number;
  /** mean cost of a new customer, money */
  acquisitionCost: number;
  /** share of first orders with a coupon */
  couponShare: number;
}

/** Public channels bring customers, private ones (私域) keep them. */
export const publicChannels: readonly ShopChannel[] = [
  channel("Webshop", 26, 1, 1, 9, 0.12),
  channel("Tmall", 22, 0.85, 1.15, 14, 0.3),
  channel("Douyin", 18, 0.7, 1.7, 18, 0.45),
  channel("Google Ads", 12, 0.95, 1.1, 16, 0.15),
  channel("Instagram", 10, 0.8, 1.35, 13, 0.25),
];

export const privateChannels: readonly ShopChannel[] = [
  channel("WeCom 私域", 7, 1.35, 0.6, 5, 0.2),
  channel("Mini Program 私域", 5, 1.2, 0.7, 6, 0.18),
];

export interface ShopProduct {
  name: string;
  category: string;
  weight: number;
  /** times the customer's usual amount */
  price: number;
  /** times the odds of dropping out after it is the first purchase */
  dropout: number;
}

export const products: readonly ShopProduct[] = [
  product("Pour-over Set", "Brewing", 9, 1.35, 0.85),
  product("Travel Mug", "Brewing", 8, 0.8, 1.1),
  product("Hand Grinder", "Brewing", 5, 1.8, 0.75),
  product("House Blend 500 g", "Coffee", 22, 0.85, 0.7),
  product("Single Origin 250 g", "Coffee", 16, 0.9, 0.8),
  product("Decaf 500 g", "Coffee", 6, 0.85, 0.9),
  product("Drip Bags 30", "Coffee", 12, 0.75, 1),
  product("Jasmine Tea Tin", "Tea", 9, 0.8, 1),
  product("Pu'er Cake", "Tea", 5, 1.5, 0.8),
  product("Gift Box", "Gifts", 8, 1.9, 2.2),
];

export const countries: readonly { name: string; weight: number }[] = [
  { name: "CN", weight: 52 },
  { name: "HK", weight: 12 },
  { name: "SG", weight: 11 },
  { name: "TW", weight: 9 },
  { name: "US", weight: 9 },
  { name: "GB", weight: 7 },
];

/** orders against an average month, January to December: a quiet new year, a loud November */
export const seasons: readonly number[] = [
  0.96, 0.84, 0.97, 0.96, 1.02, 1.08, 0.94, 0.95, 1, 1.02, 1.24, 1.08,
];

/** How the shop reaches people; those of a private channel alone by what needs one. */
export interface TouchChannel {
  name: string;
  /** among those that reach everybody */
  weight: number;
  /** of its touches, those that are answered */
  responseRate: number;
  /** money for each touch */
  cost: number;
  /** mean seconds of talk or watching; 0: it takes none */
  seconds: number;
}

export const touchChannels: readonly TouchChannel[] = [
  touchChannel("WeCom 企微", 0, 0.16, 0.05, 45),
  touchChannel("Phone 电话", 25, 0.04, 0.6, 95),
  touchChannel("SMS 短信", 35, 0.05, 0.04, 0),
  touchChannel("E-mail 邮件", 25, 0.07, 0.01, 0),
  touchChannel("Live 直播", 15, 0.1, 0.2, 240),
];

/** of touches of somebody in a private channel, those that go through it */
export const privateTouchShare = 0.7;

export interface ReferralMethod {
  name: string;
  weight: number;
  /** mean reward for somebody who orders, money */
  reward: number;
  /** times the mean order rate of those it brings */
  rate: number;
}

export const referralMethods: readonly ReferralMethod[] = [
  { name: "Sign-up gift 注册即送", weight: 38, reward: 8, rate: 0.9 },
  { name: "KOL 达人", weight: 14, reward: 24, rate: 0.8 },
  { name: "Group buy 拼团", weight: 28, reward: 12, rate: 1.05 },
  { name: "Helping 助力", weight: 20, reward: 6, rate: 1.25 },
];

/** how people came, as the customer file says it */
export const publicSources: readonly { name: string; weight: number }[] = [
  { name: "Ads 广告", weight: 45 },
  { name: "Search 搜索", weight: 30 },
  { name: "Live 直播", weight: 25 },
];

export const privateSources: readonly { name: string; weight: number }[] = [
  { name: "WeCom scan 企微扫码", weight: 60 },
  { name: "WeCom group 企微社群", weight: 40 },
];

export const referredSource = "Friend 朋友推荐";

export const staff: readonly string[] = ["An 安", "Bo 博", "Lin 林", "Mei 梅"];

function channel(
  name: string,
  weight: number,
  rate: number,
  dropout: number,
  acquisitionCost: number,
  couponShare: number,
): ShopChannel {
  return { name, weight, rate, dropout, acquisitionCost, couponShare };
}

function product(
  name: string,
  category: string,
  weight: number,
  price: number,
  dropout: number,
): ShopProduct {
  return { name, category, weight, price, dropout };
}

function touchChannel(
  name: string,
  weight: number,
  responseRate: number,
  cost: number,
  seconds: number,
): TouchChannel {
  return { name, weight, responseRate, cost, seconds };
}
