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

/** Buying in weeks and spend in money, as in the BG/NBD and gamma-gamma models. */
export const habits = { r: 0.9, alpha: 11, a: 0.75, b: 2.6, p: 4, q: 5, v: 45 };

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
