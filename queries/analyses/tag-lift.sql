-- title: Tags and tiers that go with repeats
-- title.zh-Hans: 标签与等级的复购提升
-- title.zh-Hant: 標籤與等級的回購提升
-- question: Which tags and tiers are customers known by who come back more often, and how many customers carry them?
-- question.zh-Hans: 带有哪些标签或等级的客户更常回来，这些标签覆盖了多少客户？
-- question.zh-Hant: 帶有哪些標籤或等級的客戶更常回來，這些標籤涵蓋了多少客戶？
-- definition: The tags of the customer files are split at comma, semicolon and bar (also ， 、 ； ｜) and trimmed; a
--   tag twice at one customer counts once. With by = tier the tier of the file stands in their place. variant = n-day:
--   of the customers who were observed for at least n_days days after their first order, those whose second order came
--   within n_days days of it; old and new customers compare that way, while tags of old customers would look better
--   without it. variant = ever: of all customers those with two orders or more. customers = those with the tag,
--   repeaters = of them, who ordered again, repeat_rate = repeaters ÷ customers; untagged_rate is that of all other
--   customers, also of those in no customer file. lift = repeat_rate ÷ untagged_rate, empty where that is 0 or there
--   are none. coverage = customers ÷ all_customers. Both rates have Wilson 95 % intervals; lower and upper bound the
--   lift by its logarithm (Katz 95 %): where one of the four counts, repeaters and others on either side, is 0, ½ is
--   added to each of the four, and the interval always holds the lift itself. Somebody with several tags stands in
--   several rows; (none) are those without any, and with by = tier the rows add up to all customers. Tags with fewer
--   than min_size customers are left out and counted in left_out. Of twenty tags without any effect one falls
--   outside its interval by chance, and a tag given because of the orders proves nothing.
-- definition.zh-Hans: 客户文件中的标签按逗号、分号、竖线（含 ，、；｜）拆开并去掉首尾空格，同一客户重复的标签计一次；by
--   选等级时以文件中的等级代替标签。口径 n-day：首单后至少已观察 n_days 天的客户中，首单后 n_days
--   天内有第二单的人，这样新老客户可以比较，否则老客户的标签会显得更好。口径 ever：全部客户中有两单及以上的人。客户数 =
--   带该标签的客户，复购客户数 = 其中再次下单的人，复购率 = 复购客户数 ÷
--   客户数；未带标签复购率取其余全部客户，包括不在客户文件中的人。提升 = 复购率 ÷
--   未带标签复购率，后者为 0 或没有这样的人时为空。覆盖率 = 客户数 ÷ 全部客户。两个复购率附 Wilson 95%
--   区间；提升的上下限按对数计算（Katz 95%）：两组的复购与未复购四个人数中有 0 时，四个数各加
--   ½，且区间总包含提升本身。有多个标签的人列在多行；(none) 为没有任何标签的人，by 选等级时各行之和等于全部客户。少于
--   min_size 位客户的标签不列出，其个数计入未列出。二十个毫无作用的标签中平均有一个会偶然落在区间之外；因下单而打上的标签
--   不能说明任何问题。
-- definition.zh-Hant: 客戶檔案中的標籤按逗號、分號、豎線（含 ，、；｜）拆開並去掉首尾空格，同一客戶重複的標籤計一次；by
--   選等級時以檔案中的等級代替標籤。口徑 n-day：首單後至少已觀察 n_days 天的客戶中，首單後 n_days
--   天內有第二單的人，這樣新舊客戶可以比較，否則舊客戶的標籤會顯得更好。口徑 ever：全部客戶中有兩單及以上的人。客戶數 =
--   帶該標籤的客戶，回購客戶數 = 其中再次下單的人，回購率 = 回購客戶數 ÷
--   客戶數；未帶標籤回購率取其餘全部客戶，包括不在客戶檔案中的人。提升 = 回購率 ÷
--   未帶標籤回購率，後者為 0 或沒有這樣的人時為空。涵蓋率 = 客戶數 ÷ 全部客戶。兩個回購率附 Wilson 95%
--   區間；提升的上下限按對數計算（Katz 95%）：兩組的回購與未回購四個人數中有 0 時，四個數各加
--   ½，且區間總包含提升本身。有多個標籤的人列在多列；(none) 為沒有任何標籤的人，by 選等級時各列之和等於全部客戶。少於
--   min_size 位客戶的標籤不列出，其個數計入未列出。二十個毫無作用的標籤中平均有一個會偶然落在區間之外；因下單而打上的標籤
--   不能說明任何問題。
-- sentence: [{tagged} of {customers} {customers|customer carries|customers carry} a tag or tier|Every customer
--   carries a tag or tier]. Of the {tags} that {tags|is|are} listed {higher} {higher|goes|go} with a clearly higher
--   repeat rate and {fewer} with a clearly lower one; {left_out} {left_out|has|have} too few customers to be
--   listed.|There is nothing to say yet: no customer carries a tag or tier.
-- sentence.zh-Hans: [{customers} 位客户中有 {tagged} 带有标签或等级|每位客户都带有标签或等级]；列出的 {tags} 个
--   中，{higher} 个的复购率明显更高，{fewer} 个明显更低。另有 {left_out} 个因客户太少未列出。|暂时没有可说的：没有
--   客户带有标签或等级。
-- sentence.zh-Hant: [{customers} 位客戶中有 {tagged} 帶有標籤或等級|每位客戶都帶有標籤或等級]；列出的 {tags} 個
--   中，{higher} 個的回購率明顯更高，{fewer} 個明顯更低。另有 {left_out} 個因客戶太少未列出。|暫時沒有可說的：沒有
--   客戶帶有標籤或等級。
-- group: private
-- needs: contacts, customer_summary, orders
-- drill: customers = select labels.customer_key from labels cross join this_row where labels.label = this_row.tag
--   union select observed.customer_key from observed cross join this_row where this_row.tag = '(none)' and
--   observed.customer_key not in (select labelled.customer_key from labelled)
-- param: by choice(tag, tier) = tag -- what customers are told apart by
-- param.en: by Split by
-- param.zh-Hans: by 分组 -- 按标签或按等级
-- param.zh-Hant: by 分組 -- 按標籤或按等級
-- param: variant choice(n-day, ever) = n-day -- a second order within n_days days, or at any time
-- param.zh-Hans: variant 口径 -- n_days 天内的第二单，或不限时间
-- param.zh-Hant: variant 口徑 -- n_days 天內的第二單，或不限時間
-- param: n_days integer = 90 -- days within which the second order counts
-- param.en: n_days Days to come back in
-- param.zh-Hans: n_days 天数 -- 第二单须在多少天之内
-- param.zh-Hant: n_days 天數 -- 第二單須在多少天之內
-- param: min_size integer = 10 -- least customers of a tag that is listed
-- param.en: min_size Fewest customers
-- param.zh-Hans: min_size 最少客户数 -- 标签至少有多少位客户才列出
-- param.zh-Hant: min_size 最少客戶數 -- 標籤至少有多少位客戶才列出
-- param: as_of date = -- observation end; the date of the last order when empty
-- param.en: as_of Observed until
-- param.zh-Hans: as_of 截止日 -- 观察截止日，留空则为最后一笔订单的日期
-- param.zh-Hant: as_of 截止日 -- 觀察截止日，留空則為最後一筆訂單的日期
-- param: from date = -- first orders from this day on; the whole history when empty
-- param.zh-Hans: from 起始日 -- 从这一天起的首单，留空为全部历史
-- param.zh-Hant: from 起始日 -- 從這一天起的首單，留空為全部歷史
-- param: to date = -- first orders up to this day; the whole history when empty
-- param.zh-Hans: to 结束日 -- 到这一天止的首单，留空为全部历史
-- param.zh-Hant: to 結束日 -- 到這一天止的首單，留空為全部歷史
-- counts: customers, repeaters of customers, untagged_customers, untagged_repeaters of untagged_customers each
--   tag
-- column: tag text -- or tier
-- column.zh-Hans: tag 标签 -- 或等级
-- column.zh-Hant: tag 標籤 -- 或等級
-- column: customers count -- with the tag
-- column.zh-Hans: customers 客户数 -- 带该标签
-- column.zh-Hant: customers 客戶數 -- 帶該標籤
-- column: repeat_rate share -- repeaters ÷ customers
-- column.zh-Hans: repeat_rate 复购率 -- 复购客户数 ÷ 客户数
-- column.zh-Hant: repeat_rate 回購率 -- 回購客戶數 ÷ 客戶數
-- column: untagged_rate share -- repeat rate of all customers without the tag
-- column.zh-Hans: untagged_rate 未带标签复购率 -- 其余全部客户的复购率
-- column.zh-Hant: untagged_rate 未帶標籤回購率 -- 其餘全部客戶的回購率
-- column: lift number -- repeat_rate ÷ untagged_rate
-- column.zh-Hans: lift 提升 -- 复购率 ÷ 未带标签复购率
-- column.zh-Hant: lift 提升 -- 回購率 ÷ 未帶標籤回購率
-- column: lower number -- of lift, Katz 95 %
-- column.zh-Hans: lower 提升下限 -- Katz 95% 区间
-- column.zh-Hant: lower 提升下限 -- Katz 95% 區間
-- column: upper number -- of lift, Katz 95 %
-- column.zh-Hans: upper 提升上限 -- Katz 95% 区间
-- column.zh-Hant: upper 提升上限 -- Katz 95% 區間
-- column: coverage share -- customers ÷ all_customers
-- column.zh-Hans: coverage 覆盖率 -- 客户数 ÷ 全部客户
-- column.zh-Hant: coverage 涵蓋率 -- 客戶數 ÷ 全部客戶
-- column: repeaters count -- customers who ordered again
-- column.zh-Hans: repeaters 复购客户数 -- 再次下单的客户
-- column.zh-Hant: repeaters 回購客戶數 -- 再次下單的客戶
-- column: rate_lower share -- of repeat_rate, Wilson 95 %
-- column.zh-Hans: rate_lower 复购率下限 -- Wilson 95% 区间
-- column.zh-Hant: rate_lower 回購率下限 -- Wilson 95% 區間
-- column: rate_upper share -- of repeat_rate, Wilson 95 %
-- column.zh-Hans: rate_upper 复购率上限 -- Wilson 95% 区间
-- column.zh-Hant: rate_upper 回購率上限 -- Wilson 95% 區間
-- column: untagged_customers count -- without the tag
-- column.zh-Hans: untagged_customers 未带标签客户数 -- 其余全部客户
-- column.zh-Hant: untagged_customers 未帶標籤客戶數 -- 其餘全部客戶
-- column: untagged_repeaters count -- of them, who ordered again
-- column.zh-Hans: untagged_repeaters 未带标签复购客户数 -- 其中再次下单的客户
-- column.zh-Hant: untagged_repeaters 未帶標籤回購客戶數 -- 其中再次下單的客戶
-- column: untagged_lower share -- of untagged_rate, Wilson 95 %
-- column.zh-Hans: untagged_lower 未带标签复购率下限 -- Wilson 95% 区间
-- column.zh-Hant: untagged_lower 未帶標籤回購率下限 -- Wilson 95% 區間
-- column: untagged_upper share -- of untagged_rate, Wilson 95 %
-- column.zh-Hans: untagged_upper 未带标签复购率上限 -- Wilson 95% 区间
-- column.zh-Hant: untagged_upper 未帶標籤回購率上限 -- Wilson 95% 區間
-- column: all_customers count -- customers + untagged_customers
-- column.zh-Hans: all_customers 全部客户 -- 客户数 + 未带标签客户数
-- column.zh-Hant: all_customers 全部客戶 -- 客戶數 + 未帶標籤客戶數
-- column: left_out count -- tags with fewer than min_size customers; in the row (none)
-- column.zh-Hans: left_out 未列出 -- 客户数少于 min_size 的标签个数，列在“无”一行
-- column.zh-Hant: left_out 未列出 -- 客戶數少於 min_size 的標籤個數，列在「無」一列
-- fact: customers count = first(all_customers)
-- fact: tagged share = ratio(untagged_customers, all_customers) where tag = '(none)'
-- fact: tags count = count() where tag != '(none)'
-- fact: higher count = count() where tag != '(none)' and lower > 1
-- fact: fewer count = count() where tag != '(none)' and upper < 1
-- fact: left_out count = sum(left_out)
-- chart: bars x=tag y=lift lower=lower upper=upper n=customers -- Lift
-- chart.zh-Hans: 提升
-- chart.zh-Hant: 提升
-- chart: bars x=tag y=repeat_rate lower=rate_lower upper=rate_upper n=customers -- Repeat rate
-- chart.zh-Hans: 复购率
-- chart.zh-Hant: 回購率
-- chart: bars x=tag y=coverage -- Coverage
-- chart.zh-Hans: 覆盖率
-- chart.zh-Hant: 涵蓋率
-- value.zh-Hans: tag = 标签
-- value.zh-Hant: tag = 標籤
-- value.zh-Hans: tier = 等级
-- value.zh-Hant: tier = 等級
-- value: n-day = within n days
-- value.zh-Hans: n-day = N 日内
-- value.zh-Hant: n-day = N 日內
-- value: ever = at any time
-- value.zh-Hans: ever = 不限时间
-- value.zh-Hant: ever = 不限時間
-- value.zh-Hans: (none) = （无）
-- value.zh-Hant: (none) = （無）
with
params as (
  select
    coalesce(getvariable('by'), 'tag')::varchar as by_attribute,
    coalesce(getvariable('variant'), 'n-day')::varchar as variant,
    coalesce(getvariable('n_days'), 90)::integer as n_days,
    coalesce(getvariable('min_size'), 10)::integer as min_size,
    coalesce(getvariable('as_of'), dataset.as_of)::date as as_of,
    getvariable('from')::date as from_date,
    getvariable('to')::date as to_date
  from dataset
),

settings as (
  select
    params.*,
    params.variant = 'ever' as is_ever,
    1.959963984540054::double as z
  from params
),

second_orders as (
  select
    orders.customer_key,
    orders.order_date
  from orders
  where orders.order_number = 2
),

observed as (
  select
    customer_summary.customer_key,
    customer_summary.customer_id,
    coalesce(
      second_orders.order_date
        <= case when settings.is_ever then settings.as_of else customer_summary.first_order_date + settings.n_days end,
      false
    )::integer as is_repeater
  from customer_summary
  cross join settings
  left join second_orders on second_orders.customer_key = customer_summary.customer_key
  where
    customer_summary.first_order_date + case when settings.is_ever then 0 else settings.n_days end <= settings.as_of
    and (settings.from_date is null or customer_summary.first_order_date >= settings.from_date)
    and (settings.to_date is null or customer_summary.first_order_date <= settings.to_date)
),

-- \x3B is the semicolon
pieces as (
  select
    observed.customer_key,
    observed.is_repeater,
    unnest(string_split_regex(contacts.tags, '[,，\x3B；、|｜]')) as piece
  from contacts
  inner join observed on observed.customer_id = contacts.customer_id
  cross join settings
  where settings.by_attribute = 'tag' and contacts.tags is not null
  union all
  select
    observed.customer_key,
    observed.is_repeater,
    contacts.tier
  from contacts
  inner join observed on observed.customer_id = contacts.customer_id
  cross join settings
  where settings.by_attribute = 'tier'
),

labels as (
  select distinct
    pieces.customer_key,
    pieces.is_repeater,
    trim(pieces.piece, ' 　') as label
  from pieces
  where trim(pieces.piece, ' 　') != ''
),

label_counts as (
  select
    labels.label,
    count(*) as customers,
    sum(labels.is_repeater) as repeaters
  from labels
  group by labels.label
),

labelled as (
  select distinct
    labels.customer_key,
    labels.is_repeater
  from labels
),

totals as (
  select
    count(*) as customers,
    sum(observed.is_repeater) as repeaters,
    (select count(*) from labelled) as labelled_customers,
    coalesce((select sum(labelled.is_repeater) from labelled), 0) as labelled_repeaters
  from observed
),

groups as (
  select
    1 as place,
    label_counts.label,
    label_counts.customers,
    label_counts.repeaters,
    null as left_out
  from label_counts
  cross join settings
  where label_counts.customers >= settings.min_size
  union all
  select
    2,
    '(none)',
    totals.customers - totals.labelled_customers,
    totals.repeaters - totals.labelled_repeaters,
    (select count(*) from label_counts cross join settings where label_counts.customers < settings.min_size)
  from totals
  where totals.customers > 0
),

cells as (
  select
    groups.*,
    totals.customers as all_customers,
    totals.customers - groups.customers as others,
    totals.repeaters - groups.repeaters as other_repeaters,
    case
      when least(
        groups.repeaters,
        groups.customers - groups.repeaters,
        totals.repeaters - groups.repeaters,
        totals.customers - groups.customers - totals.repeaters + groups.repeaters
      ) = 0 then 0.5::double
      else 0::double
    end as half
  from groups
  cross join totals
),

rates as (
  select
    cells.*,
    cells.repeaters::double / nullif(cells.customers, 0) as repeat_rate,
    cells.other_repeaters::double / nullif(cells.others, 0) as untagged_rate,
    (cells.repeaters::double / nullif(cells.customers, 0))
    / nullif(cells.other_repeaters::double / nullif(cells.others, 0), 0) as lift,
    ln((cells.repeaters + cells.half) / (cells.customers + 2 * cells.half))
    - ln((cells.other_repeaters + cells.half) / (cells.others + 2 * cells.half)) as log_ratio,
    settings.z * sqrt(
      1 / (cells.repeaters + cells.half) - 1 / (cells.customers + 2 * cells.half)
      + 1 / (cells.other_repeaters + cells.half) - 1 / (cells.others + 2 * cells.half)
    ) as log_half,
    nullif(cells.customers, 0) as n,
    nullif(cells.others, 0) as other_n,
    settings.z
  from cells
  cross join settings
)

select
  rates.label as tag,
  rates.customers::integer as customers,
  rates.repeat_rate,
  rates.untagged_rate,
  rates.lift,
  case when rates.lift is not null then least(rates.lift, exp(rates.log_ratio - rates.log_half)) end as lower,
  case when rates.lift is not null then greatest(rates.lift, exp(rates.log_ratio + rates.log_half)) end as upper,
  rates.customers::double / rates.all_customers as coverage,
  rates.repeaters::integer as repeaters,
  case when n is not null then greatest(0, (
      repeat_rate + z * z / (2 * n) - z * sqrt((repeat_rate * (1 - repeat_rate) + z * z / (4 * n)) / n)
    ) / (1 + z * z / n))::double end as rate_lower,
  case when n is not null then least(1, (
      repeat_rate + z * z / (2 * n) + z * sqrt((repeat_rate * (1 - repeat_rate) + z * z / (4 * n)) / n)
    ) / (1 + z * z / n))::double end as rate_upper,
  rates.others::integer as untagged_customers,
  rates.other_repeaters::integer as untagged_repeaters,
  case when other_n is not null then greatest(0, (
      untagged_rate + z * z / (2 * other_n)
      - z * sqrt((untagged_rate * (1 - untagged_rate) + z * z / (4 * other_n)) / other_n)
    ) / (1 + z * z / other_n))::double end as untagged_lower,
  case when other_n is not null then least(1, (
      untagged_rate + z * z / (2 * other_n)
      + z * sqrt((untagged_rate * (1 - untagged_rate) + z * z / (4 * other_n)) / other_n)
    ) / (1 + z * z / other_n))::double end as untagged_upper,
  rates.all_customers::integer as all_customers,
  rates.left_out::integer as left_out
from rates
order by rates.place, rates.customers desc, rates.label;
