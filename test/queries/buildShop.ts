import { type BesideOrders, fillBeside } from "./besideOrders.ts";
import { readQueries } from "./readQueries.ts";
import type { Runner } from "./runner.ts";

export interface ShopOrder {
  orderId: string;
  /** null: the export names no customer */
  customerId: string | null;
  /** YYYY-MM-DD HH:MM:SS */
  orderedAt: string;
  /** in hundredths */
  grossCents: number;
  refundCents?: number;
  channel?: string | null;
  domain?: string | null;
  product?: string | null;
  category?: string | null;
  country?: string | null;
  coupon?: string | null;
  isMember?: boolean | null;
}

export interface ShopCost {
  date: string;
  channel: string | null;
  kind: string | null;
  cents: number;
}

/**
 * Fills the canonical tables and runs the product's own marts over them.
 *
 * @param rawOrders a select of the columns order_id, customer_id, ordered_at, gross, refund, channel,
 *   domain, product, category, country, coupon and is_member
 */
export async function buildShop(
  runner: Runner,
  rawOrders: string,
  costs: ShopCost[] = [],
  beside: Partial<BesideOrders> = {},
): Promise<void> {
  const made = readQueries("canonical");
  const marts = readQueries("marts");
  for (const name of [...made, ...marts].map(({ id }) => id))
    await runner.run(`drop table if exists ${name}`);
  for (const { sql } of made) await runner.run(sql);
  await runner.run(`create or replace table raw_orders as ${rawOrders}`);
  await runner.run(fillCustomers);
  await runner.run(fillOrders);
  for (const { date, channel, kind, cents } of costs) {
    await runner.run(
      `insert into costs values ('${date}', ${quote(channel)}, null, ${quote(kind)}, ${cents} / 100.0)`,
    );
  }
  await fillBeside(runner, beside);
  await runner.run(fillSteps);
  for (const { sql } of marts) await runner.run(sql);
  await runner.run("drop table raw_orders");
}

/** Orders as the text of a select. */
export function toSelect(orders: ShopOrder[]): string {
  const rows = orders.map((order) =>
    [
      quote(order.orderId),
      quote(order.customerId),
      quote(order.orderedAt),
      order.grossCents,
      order.refundCents ?? 0,
      quote(order.channel),
      quote(order.domain),
      quote(order.product),
      quote(order.category),
      quote(order.country),
      quote(order.coupon),
      order.isMember ?? "null",
    ].join(", "),
  );
  return `select
    order_id::varchar as order_id,
    customer_id::varchar as customer_id,
    ordered_at::timestamp as ordered_at,
    (gross * 0.01)::decimal(18, 4) as gross,
    (refund * 0.01)::decimal(18, 4) as refund,
    channel::varchar as channel,
    domain::varchar as domain,
    product::varchar as product,
    category::varchar as category,
    country::varchar as country,
    coupon::varchar as coupon,
    is_member::boolean as is_member
  from (values (${rows.join("),\n(")})) as t(
    order_id, customer_id, ordered_at, gross, refund, channel, domain, product, category, country, coupon, is_member
  )`;
}

function quote(text: string | null | undefined): string {
  return text === null || text === undefined ? "null" : `'${text.replaceAll("'", "''")}'`;
}

const fillCustomers = `insert into customers (customer_key, customer_id, first_order_date, last_order_date)
  select
    row_number() over (order by min(ordered_at), customer_id)::integer,
    customer_id,
    min(ordered_at)::date,
    max(ordered_at)::date
  from raw_orders
  where customer_id is not null
  group by customer_id
  order by 1`;

const fillOrders = `insert into orders
  select
    raw_orders.order_id,
    raw_orders.customer_id,
    customers.customer_key,
    raw_orders.ordered_at,
    raw_orders.ordered_at::date,
    raw_orders.gross,
    raw_orders.refund,
    raw_orders.gross - raw_orders.refund,
    0,
    1,
    raw_orders.channel,
    raw_orders.domain,
    raw_orders.product,
    raw_orders.category,
    raw_orders.coupon,
    raw_orders.country,
    raw_orders.is_member,
    'USD',
    case
      when customers.customer_key is not null
        then row_number() over (
          partition by customers.customer_key order by raw_orders.ordered_at, raw_orders.order_id
        )
    end::integer
  from raw_orders
  left join customers on customers.customer_id = raw_orders.customer_id
  order by customers.customer_key nulls last, raw_orders.ordered_at, raw_orders.order_id`;

const fillSteps = `insert into reconciliation_steps
  select 'orders.csv', step, reason, rows, orders, amount
  from (
    select 'read' as step, null as reason, count(*) + 3 as rows, count(*) + 2 as orders, sum(gross) + 30 as amount
    from raw_orders
    union all
    select 'kept', null, count(*), count(*), sum(gross) from raw_orders
    union all
    select 'excluded', 'cancelled', 2, 2, 30
    union all
    select 'rejected', 'no amount', 1, 0, 0
  )`;
