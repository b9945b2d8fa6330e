-- title: What the customer files say of the customers
update customers
set
  acquired_at = contacts.acquired_at,
  joined_private_at = contacts.joined_private_at,
  source = contacts.source,
  domain = contacts.domain,
  member_since = contacts.member_since,
  tier = contacts.tier,
  tags = contacts.tags,
  referrer_id = contacts.referrer_id
from contacts
where contacts.customer_id = customers.customer_id;
