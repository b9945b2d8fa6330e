-- title: Referrals of the files
insert into referrals
select
  customer_id as referrer_id,
  referee_id,
  happened_at as referred_at,
  method,
  reward
from contact_rows
where file_kind = 'referrals' and fate is null
order by happened_at nulls last, file_no, row_no;
