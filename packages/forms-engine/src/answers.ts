/** What the company typed, exactly as typed; an empty or missing text means the default. This is what the server stores. */
export interface Answers {
  cells: Record<string, string>;
  tables: Record<string, Record<string, string>[]>;
}

/** A form nobody has typed into: the zero report. */
export const emptyAnswers = (): Answers => ({ cells: {}, tables: {} });
