/** How a policy's curve is drawn: a colour of the page's tokens, a pattern of dashes and a shape, so that each reads without its colour. */
export interface LineStyle {
  /** Name of a token. */
  colour: string;
  /** `stroke-dasharray`; empty for a whole line. */
  dashes: string;
  width: number;
}

const whole = '';
const long = '9 4';
const short = '4 3';
const dots = '1.5 3';
const mixed = '10 3 2 3';

const style = (colour: string, dashes: string, width = 1.75): LineStyle => ({ colour, dashes, width });

const styles: Readonly<Record<string, LineStyle>> = {
  belady: style('--ink', short, 2),
  lru: style('--ink', whole, 2.5),
  fifo: style('--error-line', whole),
  clock: style('--error-line', short),
  random: style('--error-line', dots),
  'ttl-only': style('--ink2', dots),
  lfu: style('--miss-line', whole),
  'lfu-aging': style('--miss-line', short),
  slru: style('--refresh-line', long),
  'lru-2': style('--refresh-line', dots),
  '2q': style('--refresh-line', mixed),
  arc: style('--write-line', whole),
  lirs: style('--write-line', short),
  sieve: style('--hit-line', whole),
  's3-fifo': style('--hit-line', short),
  'w-tinylfu': style('--stale-line', whole),
  'w-tinylfu-climbing': style('--stale-line', short),
  'redis-noeviction': style('--ink2', mixed),
  'redis-allkeys-lru': style('--accent', whole),
  'redis-allkeys-lfu': style('--accent', long),
  'redis-allkeys-random': style('--accent', dots),
  'redis-volatile-lru': style('--accent', short),
  'redis-volatile-lfu': style('--accent', mixed),
  'redis-volatile-random': style('--ink2', short),
  'redis-volatile-ttl': style('--ink2', long),
};

/** The style of a policy's curve. */
export function lineStyle(policy: string): LineStyle {
  return styles[policy] ?? style('--ink2', mixed);
}
