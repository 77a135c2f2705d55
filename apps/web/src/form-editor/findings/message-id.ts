/** The element that holds the findings of a place. */
export const messageId = (stop: string): string => `finding-${stop.replaceAll('/', '-')}`;
