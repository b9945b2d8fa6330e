-- title: Who brought the customers
-- definition: Where no customer file says so, the earliest referral does.
update customers
set referrer_id = first_referrals.referrer_id
from (
  select
    referee_id,
    arg_min(referrer_id, coalesce(referred_at, timestamp '2199-12-31')) as referrer_id
  from referrals
  group by referee_id
) as first_referrals
where first_referrals.referee_id = customers.customer_id and customers.referrer_id is null;
