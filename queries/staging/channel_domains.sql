-- title: Public and private channels
-- definition: A channel is private where the shop reaches its customers itself (messenger, group, mini program, members, e-mail, its own app), other where nothing can be told, public elsewhere.
create table channel_domains as
with
channels as (
  select channel
  from documents
  where channel is not null
  union
  select channel
  from staged_contacts
  where channel is not null
)

select
  channel,
  case
    when regexp_matches(
      lower(channel),
      '私域|企微|企业微信|微信|小程序|社群|社区|朋友圈|公众号|会员|会員|wechat|weixin|wecom|whatsapp|line oa|private|member|e-?mail|newsletter|crm|sms|community'
    ) then 'private'
    when regexp_matches(lower(channel), '^(|-|n/?a|other|unknown|其他|其它|未知)$') then 'other'
    else 'public'
  end as domain
from channels
order by channel;
