/** An export that is soon read: four customers in three months, two of whom came back; 210.50 in all. */
export const sixOrders = `customer,order id,date,amount,channel
ann,1,2025-01-05,10.00,shop
bob,2,2025-01-07,20.00,web
ann,3,2025-02-05,30.50,shop
cat,4,2025-02-11,40.00,web
bob,5,2025-03-02,50.00,web
dan,6,2025-03-09,60.00,shop
`;
