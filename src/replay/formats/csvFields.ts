const [quote, lineFeed] = [34, 10];

/** Walks over the fields of a record of comma-separated values (RFC 4180; a quote inside an unquoted field is a character). */
export class CsvFields {
  /** The field read last: [start, end), without its quotes. */
  start = 0;
  end = 0;
  /** Whether it holds doubled quotes, each of which means one. */
  hasDoubled = false;
  /** Where the next field begins; beyond the record's end where there is none. */
  next = 0;
  /** What is wrong with the field read last, or null. */
  problem: string | null = null;
  private readonly delimiter: number;

  constructor(delimiter: number) {
    this.delimiter = delimiter;
  }

  /** Index of the line feed that ends the record which begins at `from`; −1 where [from, to) does not hold it. */
  recordEnd(bytes: Uint8Array, from: number, to: number): number {
    const { delimiter } = this;
    let at = from;
    while (at < to) {
      if (bytes[at] === quote) at = closingQuote(bytes, at + 1, to) + 1;
      while (at < to && bytes[at] !== delimiter && bytes[at] !== lineFeed) at++;
      if (at < to && bytes[at] === lineFeed) return at;
      at++;
    }
    return -1;
  }

  /** Reads the field that begins at `from` in a record that ends at `to`. */
  read(bytes: Uint8Array, from: number, to: number): void {
    this.problem = null;
    this.hasDoubled = false;
    this.start = from;
    let at = from;
    if (from < to && bytes[from] === quote) {
      this.start = from + 1;
      this.end = closingQuote(bytes, from + 1, to);
      for (let i = this.start; i < this.end; i++) if (bytes[i] === quote) this.hasDoubled = true;
      at = this.end + 1;
      if (this.end >= to) this.problem = 'found a quote that is never closed, expected its end within the line limit';
      else if (at < to && bytes[at] !== this.delimiter)
        this.problem = 'found text after a closing quote, expected the next field or the end of the line';
    }
    while (at < to && bytes[at] !== this.delimiter) at++;
    if (this.start === from) this.end = at;
    this.next = at + 1;
  }

  /** Copies the field read last to the start of `target` with single quotes for doubled ones. @returns its length. */
  unquote(bytes: Uint8Array, target: Uint8Array): number {
    let length = 0;
    for (let i = this.start; i < this.end; i++) {
      target[length++] = bytes[i];
      if (bytes[i] === quote) i++;
    }
    return length;
  }
}

/** Where the quote is that closes a field whose text begins at `from`; `to` where there is none. */
function closingQuote(bytes: Uint8Array, from: number, to: number): number {
  for (let i = from; i < to; i++) {
    if (bytes[i] !== quote) continue;
    if (i + 1 >= to || bytes[i + 1] !== quote) return i;
    i++;
  }
  return to;
}
