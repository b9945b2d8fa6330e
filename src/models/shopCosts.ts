import { isoDay, secondsPerDay } from "./shopCalendar.ts";
import type { ShopOrder } from "./shopOrders.ts";
import { privateChannels, publicChannels } from "./shopPlan.ts";
import type { ShopWorld } from "./shopWorld.ts";

/**
 * CSV lines of what each channel cost each month: winning customers, which costs more every year,
 * keeping them, and serving them.
 */
export function costLines({ random, truth }: ShopWorld, orders: readonly ShopOrder[]): string[] {
  const months = countMonths(orders);
  const noise = () => 1 + truth.costNoise * (2 * random.uniform() - 1);
  return [...months.keys()].sort().flatMap((month, i) =>
    [...publicChannels, ...privateChannels].flatMap(({ name, acquisitionCost }) => {
      const { won, placed, refunded } = months.get(month)!.get(name) ?? nothing;
      const risen = acquisitionCost * (1 + truth.acquisitionRise) ** (i / 12);
      const acquisition = Math.max(1, won) * risen * noise(); // a month without customers costs too
      const retention = (placed - won) * costOf.repeatOrder * noise();
      const service = refunded * costOf.refund * noise();
      return [
        line(month, name, "acquisition", acquisition),
        ...(retention > 0 ? [line(month, name, "retention", retention)] : []),
        ...(service > 0 ? [line(month, name, "service", service)] : []),
      ];
    }),
  );
}

interface Count {
  won: number;
  placed: number;
  refunded: number;
}

const nothing: Count = { won: 0, placed: 0, refunded: 0 };

/** money: messages, service and gifts; the work on what comes back */
const costOf = { repeatOrder: 1.4, refund: 6 };

function countMonths(orders: readonly ShopOrder[]): Map<string, Map<string, Count>> {
  const months = new Map<string, Map<string, Count>>();
  for (const { second, channel, isFirst, refunded } of orders) {
    const month = `${isoDay(Math.floor(second / secondsPerDay)).slice(0, 7)}-01`;
    const channels = months.get(month) ?? new Map<string, Count>();
    months.set(month, channels);
    const count = channels.get(channel) ?? { ...nothing };
    channels.set(channel, count);
    count.placed += 1;
    if (isFirst) count.won += 1;
    if (refunded > 0) count.refunded += 1;
  }
  return months;
}

function line(month: string, channel: string, kind: string, cost: number): string {
  return [month, channel, kind, cost.toFixed(2)].join(",");
}
