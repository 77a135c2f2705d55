/** The only source of the present moment; handed to whoever needs it, so that tests can set it. */
export interface Clock {
  now(): Temporal.Instant;
}

/** The zone of every legal date in Kyrgyzstan: UTC+6, no summer time. */
export const BISHKEK = 'Asia/Bishkek';

/** The Bishkek calendar day of an instant. */
export const bishkekDay = (instant: Temporal.Instant): Temporal.PlainDate =>
  instant.toZonedDateTimeISO(BISHKEK).toPlainDate();
