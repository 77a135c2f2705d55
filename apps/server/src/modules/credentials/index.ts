export { changePin } from './commands/change-pin.ts';
