-- title: Response to touches
-- title.zh-Hans: 触达响应
-- title.zh-Hant: 接觸回應
-- question: In which channel do people answer when the shop reaches out to them, and what does an hour of it bring?
-- question.zh-Hans: 商家主动触达时，哪个渠道的人更愿意回应，每小时能换来多少回应？
-- question.zh-Hant: 商家主動接觸時，哪個管道的人更願意回應，每小時能換來多少回應？
-- definition: A touch is one row of the contact file, dated at or before the observation end. It is answered when it
--   has a time of response, on the day of the touch or later and at or before the observation end. rate = responses ÷
--   touches; lower and upper are its Wilson 95 % interval. responders = different people who answered. per_hour =
--   responses ÷ hours, and mean_duration_s = seconds ÷ touches, both over the touches that have a duration alone;
--   empty where none has. ratio_to_traditional = rate ÷ rate of all touches that count as traditional: those whose
--   channel (or kind, where no channel is given) contains one of the given words, in whatever case; empty where there
--   are none or none was answered. With response_days set, a response counts within that many days, and touches that
--   were not watched that long are left out. People who never ordered count too. 20 answers to 500 calls are 4.0 %;
--   30 to 50 answers of 300 friends are 10.0 to 16.7 %.
-- definition.zh-Hans: 触达 = 触达记录中的一行，日期不晚于截止日。有回应时间、且回应在触达当天或之后、不晚于截止日的，
--   算作已回应。响应率 = 响应数 ÷ 触达数，上下限为 Wilson 95% 区间。响应人数 = 有过回应的不同的人。每小时响应 = 响应
--   数 ÷ 小时数，平均时长 = 秒数 ÷ 触达数，二者只计有时长的触达，都没有时长则为空。相对传统方式 = 该行响应率 ÷ 全部传
--   统触达的响应率；传统触达指渠道（没有渠道时看类型）包含所填词语之一的触达，不分大小写；没有传统触达或无人回应时为
--   空。填写响应天数后，只计该天数内的回应，观察不满该天数的触达不计。从未下单的人也计入。500 通电话有 20 个回应为
--   4.0%；300 位好友有 30 至 50 个回应为 10.0% 至 16.7%。
-- definition.zh-Hant: 接觸 = 接觸紀錄中的一列，日期不晚於截止日。有回應時間、且回應在接觸當天或之後、不晚於截止日的，
--   算作已回應。回應率 = 回應數 ÷ 接觸數，上下限為 Wilson 95% 區間。回應人數 = 有過回應的不同的人。每小時回應 = 回應
--   數 ÷ 小時數，平均時長 = 秒數 ÷ 接觸數，二者只計有時長的接觸，都沒有時長則為空。相對傳統方式 = 該列回應率 ÷ 全部傳
--   統接觸的回應率；傳統接觸指管道（沒有管道時看類型）包含所填詞語之一的接觸，不分大小寫；沒有傳統接觸或無人回應時為
--   空。填寫回應天數後，只計該天數內的回應，觀察不滿該天數的接觸不計。從未下單的人也計入。500 通電話有 20 個回應為
--   4.0%；300 位好友有 30 至 50 個回應為 10.0% 至 16.7%。
-- sentence: {responses} of {touches} {touches|touch was|touches were} answered, a rate of {rate} ({lower} to
--   {upper}).|There is nothing to say yet: no touch has been observed for the days given.
-- sentence.zh-Hans: {touches} 次触达中有 {responses} 次得到回应，响应率 {rate}（{lower} 至 {upper}）。|暂时没有可说
--   的：没有触达被观察满规定天数。
-- sentence.zh-Hant: {touches} 次接觸中有 {responses} 次得到回應，回應率 {rate}（{lower} 至 {upper}）。|暫時沒有可說
--   的：沒有接觸被觀察滿規定天數。
-- group: private
-- needs: touches
-- param: by choice(channel, kind, domain, campaign, staff) = channel -- what the touches are told apart by
-- param.en: by Split by
-- param.zh-Hans: by 分组 -- 按触达的哪个属性分开
-- param.zh-Hant: by 分組 -- 按接觸的哪個屬性分開
-- param: traditional text = phone,call,电话,電話,外呼 -- words, with commas between: touches whose channel contains
--   one are the traditional ones
-- param.en: traditional Words for traditional channels
-- param.zh-Hans: traditional 传统方式 -- 用逗号隔开的词语：渠道包含其中之一的触达算作传统方式
-- param.zh-Hant: traditional 傳統方式 -- 用逗號隔開的詞語：管道包含其中之一的接觸算作傳統方式
-- param: response_days integer = -- days within which a response counts; any time when empty
-- param.zh-Hans: response_days 响应天数 -- 多少天内的回应才算，留空为不限
-- param.zh-Hant: response_days 回應天數 -- 多少天內的回應才算，留空為不限
-- param: as_of date = -- observation end; the date of the last order when empty
-- param.en: as_of Observed until
-- param.zh-Hans: as_of 截止日 -- 观察截止日，留空则为最后一笔订单的日期
-- param.zh-Hant: as_of 截止日 -- 觀察截止日，留空則為最後一筆訂單的日期
-- param: from date = -- from this day on; the whole history when empty
-- param.zh-Hans: from 起始日 -- 从这一天起，留空为全部历史
-- param.zh-Hant: from 起始日 -- 從這一天起，留空為全部歷史
-- param: to date = -- up to this day; the whole history when empty
-- param.zh-Hans: to 结束日 -- 到这一天止，留空为全部历史
-- param.zh-Hant: to 結束日 -- 到這一天止，留空為全部歷史
-- counts: responders, touches, responses of touches by channel
-- column: channel text -- of the touch, or what by says
-- column.zh-Hans: channel 渠道 -- 触达的渠道，或所选的分组
-- column.zh-Hant: channel 管道 -- 接觸的管道，或所選的分組
-- column: touches count
-- column.zh-Hans: touches 触达数
-- column.zh-Hant: touches 接觸數
-- column: responses count -- touches that were answered
-- column.zh-Hans: responses 响应数 -- 得到回应的触达
-- column.zh-Hant: responses 回應數 -- 得到回應的接觸
-- column: rate share -- responses ÷ touches
-- column.en: rate Response rate
-- column.zh-Hans: rate 响应率 -- 响应数 ÷ 触达数
-- column.zh-Hant: rate 回應率 -- 回應數 ÷ 接觸數
-- column: lower share -- Wilson 95 %
-- column.zh-Hans: lower 区间下限 -- Wilson 95% 区间
-- column.zh-Hant: lower 區間下限 -- Wilson 95% 區間
-- column: upper share -- Wilson 95 %
-- column.zh-Hans: upper 区间上限 -- Wilson 95% 区间
-- column.zh-Hant: upper 區間上限 -- Wilson 95% 區間
-- column: responders count -- different people who answered
-- column.zh-Hans: responders 响应人数 -- 有过回应的不同的人
-- column.zh-Hant: responders 回應人數 -- 有過回應的不同的人
-- column: per_hour number -- responses ÷ hours, of touches with a duration
-- column.en: per_hour Responses per hour
-- column.zh-Hans: per_hour 每小时响应 -- 响应数 ÷ 小时数，只计有时长的触达
-- column.zh-Hant: per_hour 每小時回應 -- 回應數 ÷ 小時數，只計有時長的接觸
-- column: mean_duration_s number -- seconds, of touches with a duration
-- column.en: mean_duration_s Mean duration in seconds
-- column.zh-Hans: mean_duration_s 平均时长（秒） -- 只计有时长的触达
-- column.zh-Hant: mean_duration_s 平均時長（秒） -- 只計有時長的接觸
-- column: ratio_to_traditional number -- rate ÷ rate of the traditional touches
-- column.zh-Hans: ratio_to_traditional 相对传统方式 -- 该行响应率 ÷ 传统触达的响应率
-- column.zh-Hant: ratio_to_traditional 相對傳統方式 -- 該列回應率 ÷ 傳統接觸的回應率
-- column: hours number -- of touches with a duration
-- column.zh-Hans: hours 小时数 -- 只计有时长的触达
-- column.zh-Hant: hours 小時數 -- 只計有時長的接觸
-- fact: touches count = sum(touches)
-- fact: responses count = sum(responses)
-- fact: rate share = ratio(responses, touches)
-- fact: lower share = lower(responses, touches)
-- fact: upper share = upper(responses, touches)
-- chart: dots x=rate y=channel lower=lower upper=upper n=touches
-- value.zh-Hans: channel = 渠道
-- value.zh-Hant: channel = 管道
-- value.zh-Hans: kind = 类型
-- value.zh-Hant: kind = 類型
-- value.zh-Hans: domain = 域
-- value.zh-Hant: domain = 域
-- value.zh-Hans: campaign = 活动
-- value.zh-Hant: campaign = 活動
-- value.zh-Hans: staff = 人员
-- value.zh-Hant: staff = 人員
-- value: public = Public
-- value.zh-Hans: public = 公域
-- value.zh-Hant: public = 公域
-- value: private = Private
-- value.zh-Hans: private = 私域
-- value.zh-Hant: private = 私域
-- value: other = Other
-- value.zh-Hans: other = 其他
-- value.zh-Hant: other = 其他
-- value.zh-Hans: (none) = （无）
-- value.zh-Hant: (none) = （無）
with
params as (
  select
    coalesce(getvariable('by'), 'channel')::varchar as by_attribute,
    coalesce(getvariable('traditional'), 'phone,call,电话,電話,外呼')::varchar as traditional,
    getvariable('response_days')::integer as response_days,
    coalesce(getvariable('as_of'), dataset.as_of)::date as as_of,
    getvariable('from')::date as from_date,
    getvariable('to')::date as to_date
  from dataset
),

settings as (
  select
    params.*,
    1.959963984540054::double as z
  from params
),

traditional_words as (
  select trim(lower(words.word)) as word
  from (select unnest(string_split(settings.traditional, ',')) as word from settings) as words
  where trim(words.word) != ''
),

ways as (
  select
    touches.channel,
    touches.kind
  from touches
  group by touches.channel, touches.kind
),

told_ways as (
  select
    ways.channel,
    ways.kind,
    exists (
      select 1
      from traditional_words
      where contains(lower(coalesce(ways.channel, ways.kind, '')), traditional_words.word)
    ) as is_traditional
  from ways
),

watched as (
  select
    coalesce(
      case settings.by_attribute
        when 'kind' then touches.kind
        when 'domain' then touches.domain
        when 'campaign' then touches.campaign
        when 'staff' then touches.staff
        else touches.channel
      end,
      '(none)'
    ) as label,
    touches.customer_id,
    told_ways.is_traditional,
    touches.duration_s,
    case
      when touches.responded_at::date < touches.touched_at::date then 0
      when touches.responded_at::date > settings.as_of then 0
      when touches.responded_at::date > touches.touched_at::date + settings.response_days then 0
      when touches.responded_at is not null then 1
      else 0
    end as is_answered
  from touches
  inner join told_ways
    on told_ways.channel is not distinct from touches.channel
    and told_ways.kind is not distinct from touches.kind
  cross join settings
  where
    touches.touched_at::date + coalesce(settings.response_days, 0) <= settings.as_of
    and (settings.from_date is null or touches.touched_at::date >= settings.from_date)
    and (settings.to_date is null or touches.touched_at::date <= settings.to_date)
),

people as (
  select
    watched.label,
    watched.customer_id
  from watched
  where watched.is_answered = 1
  group by watched.label, watched.customer_id
),

responders as (
  select
    people.label,
    count(*) as responders
  from people
  group by people.label
),

traditional_touches as (
  select sum(watched.is_answered)::double / count(*) as rate
  from watched
  where watched.is_traditional
),

counts as (
  select
    watched.label,
    count(*) as touches,
    sum(watched.is_answered) as responses,
    count(watched.duration_s) as timed_touches,
    sum(case when watched.duration_s is not null then watched.is_answered end) as timed_responses,
    -- to six digits, so that the sum is the same in any order
    sum(watched.duration_s::decimal(18, 6))::double as seconds
  from watched
  group by watched.label
),

rates as (
  select
    counts.*,
    counts.responses::double / counts.touches as rate,
    counts.touches as n,
    coalesce(responders.responders, 0) as responders,
    traditional_touches.rate as traditional_rate
  from counts
  cross join traditional_touches
  left join responders on responders.label = counts.label
)

select
  rates.label as channel,
  rates.touches::integer as touches,
  rates.responses::integer as responses,
  rates.rate,
  case when rates.n is not null then greatest(0, (
      rates.rate + settings.z * settings.z / (2 * rates.n)
      - settings.z * sqrt(
        (rates.rate * (1 - rates.rate) + settings.z * settings.z / (4 * rates.n))
        / rates.n
      )
    ) / (1 + settings.z * settings.z / rates.n))::double end as lower,
  case when rates.n is not null then least(1, (
      rates.rate + settings.z * settings.z / (2 * rates.n)
      + settings.z * sqrt(
        (rates.rate * (1 - rates.rate) + settings.z * settings.z / (4 * rates.n))
        / rates.n
      )
    ) / (1 + settings.z * settings.z / rates.n))::double end as upper,
  rates.responders::integer as responders,
  case when rates.seconds > 0 then rates.timed_responses::double * 3600 / rates.seconds end as per_hour,
  case when rates.timed_touches > 0 then rates.seconds / rates.timed_touches end as mean_duration_s,
  case when rates.traditional_rate > 0 then rates.rate / rates.traditional_rate end as ratio_to_traditional,
  rates.seconds / 3600 as hours
from rates
cross join settings
order by rates.touches desc, rates.label;
