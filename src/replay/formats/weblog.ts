import { readDecimal } from '../decimal.ts';
import { quoteBytes } from '../showBytes.ts';
import type { TraceBuilder } from '../TraceBuilder.ts';
import { isBlank, lineEnd } from './lines.ts';
import { readLogTime } from './logTime.ts';
import { Quoted } from './Quoted.ts';
import type { FormatNote, RecordReader, TraceFormat } from './TraceFormat.ts';

const [space, quote, opening, closing, slash, colon] = [32, 34, 91, 93, 47, 58];
const expected = 'expected a line like 10.0.0.1 - - [10/Oct/2000:13:55:36 +0000] "GET /page HTTP/1.1" 200 512';

class WeblogReader implements RecordReader {
  private readonly builder: TraceBuilder;
  private readonly request = new Quoted();
  private taken = 0;
  private otherMethods = 0;
  private otherStatuses = 0;

  constructor(builder: TraceBuilder) {
    this.builder = builder;
  }

  end(bytes: Uint8Array, from: number, to: number): number {
    return lineEnd(bytes, from, to);
  }

  read(bytes: Uint8Array, from: number, to: number): string | null {
    if (isBlank(bytes, from, to)) return null;
    const time = timeStart(bytes, from, to);
    const second = time < 0 ? -1 : readLogTime(bytes, time, time + 26);
    if (second < 0) return `found ${quoteBytes(bytes, from, to)} without a time in brackets, ${expected}`;
    // `] "` follows the 26 characters of the time.
    if (bytes[time + 27] !== space || bytes[time + 28] !== quote) return `found no request after the time, ${expected}`;
    const after = this.request.read(bytes, time + 29, to);
    if (after < 0) return `found a quote that is never closed, ${expected}`;
    const status = readDecimal(bytes, after + 1, after + 4);
    if (bytes[after] !== space || after + 4 > to || status < 100 || status > 999)
      return `found ${quoteBytes(bytes, after, to)} after the request, expected a status like 200`;
    const { bytes: text, length } = this.request;
    const target = targetStart(text, length);
    if (target < 0) this.otherMethods++;
    else if (status !== 304 && (status < 200 || status > 299)) this.otherStatuses++;
    else return this.take(text, target, length, second);
    return null;
  }

  notes(): FormatNote[] {
    return [
      { text: 'lines of GET or HEAD with status 2xx or 304 taken as requests', count: this.taken },
      { text: 'lines of other methods passed over', count: this.otherMethods },
      { text: 'lines with another status passed over', count: this.otherStatuses },
    ].filter(({ count }) => count > 0);
  }

  private take(text: Uint8Array, from: number, length: number, second: number): string | null {
    let end = from;
    while (end < length && text[end] !== space) end++;
    if (end === from) return `found ${quoteBytes(text, 0, length)} as the request, expected GET and a path`;
    this.taken++;
    this.builder.at(second);
    this.builder.add(text, pathStart(text, from, end), end);
    return null;
  }
}

/** Where the time begins, after ` [`: the last field before the request, whatever stands before it. */
function timeStart(bytes: Uint8Array, from: number, to: number): number {
  for (let i = from; i + 27 < to; i++) {
    if (bytes[i] === opening && bytes[i + 27] === closing && bytes[i + 3] === slash) return i + 1;
  }
  return -1;
}

/** Where what `GET` or `HEAD` asks for begins; −1 for another method. */
function targetStart(text: Uint8Array, length: number): number {
  const method = String.fromCharCode(...text.subarray(0, Math.min(5, length)));
  if (method.startsWith('GET ')) return 4;
  return method === 'HEAD ' ? 5 : -1;
}

/** A proxy's log names scheme and host; the key is what follows them. */
function pathStart(text: Uint8Array, from: number, end: number): number {
  if (text[from] === slash) return from;
  let at = from;
  while (at + 2 < end && !(text[at] === colon && text[at + 1] === slash && text[at + 2] === slash)) at++;
  at += 3;
  while (at < end && text[at] !== slash) at++;
  return at < end ? at : from;
}

/**
 * Access logs in the common and the combined format, as Apache and nginx write them by default. The key is the path with its query.
 * Source: httpd.apache.org, "Log Files"; nginx.org, ngx_http_log_module.
 */
export const weblog: TraceFormat = {
  id: 'weblog',
  title: 'Web server access log',
  takes:
    'Every GET or HEAD that was answered with 2xx or 304 is a request for its path and query, at the time of its line; ' +
    'other methods and statuses are passed over and counted.',
  open: (builder) => new WeblogReader(builder),
};
