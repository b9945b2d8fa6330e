-- title: Referrals
-- definition: One row a pair of people: who brought whom, when first, how and for what reward; empty where no referral file was given.
create table referrals (
  referrer_id varchar,
  referee_id varchar,
  referred_at timestamp,
  method varchar,
  reward decimal(18, 4)
);
