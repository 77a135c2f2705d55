/** Reads on behind `after`, or from the beginning; an empty page is the end. */
export type NextPage<Row> = (after: Row | undefined) => Promise<readonly Row[]>;

/** The rows of a sorted table one by one, with one page of them in memory. */
export class PagedRows<Row> {
  readonly #nextPage: NextPage<Row>;
  #page: readonly Row[] = [];
  #at = 0;

  private constructor(nextPage: NextPage<Row>) {
    this.#nextPage = nextPage;
  }

  static async open<Row>(nextPage: NextPage<Row>): Promise<PagedRows<Row>> {
    const rows = new PagedRows(nextPage);
    rows.#page = await nextPage(undefined);
    return rows;
  }

  /** Undefined behind the last row. */
  get current(): Row | undefined {
    return this.#page[this.#at];
  }

  async advance(): Promise<void> {
    this.#at += 1;
    if (this.#at < this.#page.length) return;
    this.#page = await this.#nextPage(this.#page.at(-1));
    this.#at = 0;
  }

  /** Takes rows for as long as they are wanted. */
  async takeWhile(isWanted: (row: Row) => boolean, take: (row: Row) => void): Promise<void> {
    for (let row = this.current; row !== undefined && isWanted(row); row = this.current) {
      take(row);
      await this.advance();
    }
  }
}
