export { startDelivery, type Delivery } from './start-delivery.ts';
