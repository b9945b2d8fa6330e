-- title: Purchases among the events
-- definition: An event that is called a purchase and names an order and an amount; a refund of such an order too.
-- param: file_no integer = 1
update staged_contacts
set is_purchase = true
where file_no = coalesce(getvariable('file_no'), 1)::integer
  and verdict is null
  and amount is not null
  and order_id in (
    select order_id
    from staged_contacts
    where file_no = coalesce(getvariable('file_no'), 1)::integer
      and verdict is null
      and amount > 0
      and regexp_matches(lower(kind), 'purchase|transaction|^order|order.?(paid|completed|placed)|购买|支付成功|下单|購買|付款|購入|注文|^kauf|bestellung|achat|commande|compra|pedido')
      and not regexp_matches(lower(kind), 'refund|退款|返金|erstattung|rembours|reembols')
  )
  and regexp_matches(lower(kind), 'purchase|transaction|^order|order.?(paid|completed|placed)|购买|支付成功|下单|購買|付款|購入|注文|^kauf|bestellung|achat|commande|compra|pedido|refund|退款|返金|erstattung|rembours|reembols');
