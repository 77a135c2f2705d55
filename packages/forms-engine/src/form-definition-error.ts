/** A definition that cannot be a form; every problem found is named. */
export class FormDefinitionError extends Error {
  readonly problems: readonly string[];

  constructor(id: string, problems: readonly string[]) {
    super(`form ${id} is not valid:\n  ${problems.join('\n  ')}`);
    this.name = 'FormDefinitionError';
    this.problems = problems;
  }
}
