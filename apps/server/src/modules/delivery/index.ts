export { deliverFiling, DeliveryPostponed } from './deliver-filing.ts';
export { startDelivery, type Delivery } from './start-delivery.ts';
