-- title: People of the customer files
-- definition: Where somebody has several rows, the earliest day of being acquired, of joining and of membership counts; the source and the referrer are those of the earliest row, the tier that of the latest (by the time of the row, then in the order of the files); tags are put together.
insert into contacts
with
people as (
  select
    *,
    row_number() over (order by coalesce(happened_at, joined_at) nulls last, file_no, row_no) as from_earliest,
    row_number() over (order by coalesce(happened_at, joined_at) nulls first, file_no, row_no) as to_latest
  from contact_rows
  where file_kind = 'customers' and verdict is null
),

tags as (
  select distinct
    customer_id,
    trim(tag) as tag
  from (
    select
      customer_id,
      unnest(string_split_regex(tags, '[、,，;；|]')) as tag
    from people
    where tags is not null
  ) as split_tags
),

tag_lists as (
  select
    customer_id,
    string_agg(tag, ', ' order by tag) as tags
  from tags
  where tag != ''
  group by customer_id
),

merged as (
  select
    customer_id,
    min(happened_at)::date as acquired_at,
    min(joined_at)::date as joined_private_at,
    arg_min(channel, from_earliest) as source,
    min(member_since)::date as member_since,
    arg_max(tier, to_latest) as tier,
    arg_min(referrer_id, from_earliest) as referrer_id
  from people
  group by customer_id
)

select
  merged.customer_id,
  merged.acquired_at,
  merged.joined_private_at,
  merged.source,
  channel_domains.domain,
  merged.member_since,
  merged.tier,
  tag_lists.tags,
  merged.referrer_id
from merged
left join tag_lists on tag_lists.customer_id = merged.customer_id
left join channel_domains on channel_domains.channel = merged.source
order by merged.customer_id;
