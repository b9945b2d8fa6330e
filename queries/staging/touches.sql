-- title: Touches of the files
insert into touches
select
  contact_rows.customer_id,
  contact_rows.happened_at as touched_at,
  contact_rows.channel,
  channel_domains.domain,
  contact_rows.kind,
  contact_rows.campaign,
  contact_rows.cost,
  contact_rows.responded_at,
  contact_rows.duration_s::double as duration_s,
  contact_rows.staff
from contact_rows
left join channel_domains on channel_domains.channel = contact_rows.channel
where contact_rows.file_kind = 'touches' and contact_rows.fate is null
order by contact_rows.happened_at, contact_rows.file_no, contact_rows.row_no;
