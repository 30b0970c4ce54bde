import { describe, expect, it } from 'vitest';
import { TraceReader, type TraceReaderOptions, type TraceReading } from '../TraceReader.ts';
import { readLogTime } from './logTime.ts';

function read(text: string, options: TraceReaderOptions = {}): TraceReading {
  const reader = new TraceReader(options);
  reader.push(new TextEncoder().encode(text));
  return reader.finish();
}

const keysOf = ({ trace }: TraceReading): string[] => Array.from(trace.ids, (id) => trace.keyName(id));
const secondsOf = ({ trace }: TraceReading): number[] => [...(trace.seconds ?? [])];

describe('CSV', () => {
  it('has the records of RFC 4180', () => {
    const text = 'aaa,"b CRLF\r\nbb",ccc\r\n"z""z","y,y",x"x\r\n,,\r\n"","",""\r\n';
    const column = (column: string): string[] => keysOf(read(text, { format: 'csv', header: false, column }));
    expect(column('1')).toEqual(['aaa', 'z"z']);
    expect(column('2')).toEqual(['b CRLF\\x0d\\x0abb', 'y,y']);
    expect(column('3')).toEqual(['ccc', 'x"x']);
    const { badLines } = read(text, { format: 'csv', header: false, column: '1' });
    // The first record has two lines.
    expect(badLines.map(({ line }) => line)).toEqual([4, 5]);
  });

  it.each([
    ['time,key,size\n5,a,1\n6,b,1\n', {}, ['a', 'b'], [0, 1]],
    ['when,what\n5,a\n6,b\n', {}, ['a', 'b'], []],
    ['5,a\n6,b\n5,a\n', {}, ['5', '6', '5'], []],
    ['1,a\n2,b\n3,a\n', {}, ['a', 'b', 'a'], []],
    ['x;y\n1;k\n2;l\n', { column: 'Y' }, ['k', 'l'], []],
    ['x\ty\n1\tk\n', { column: '2', header: false }, ['y', 'k'], []],
    ['x|id\n1|7\n', {}, ['7'], []],
    ['ts,url\n1700000000000,/a\n1700000001500,/b\n', {}, ['/a', '/b'], [0, 1.5]],
    ['one\ntwo\n', { format: 'csv' }, ['one', 'two'], []],
  ] as const)('reads %j with %j', (text, options, keys, seconds) => {
    const reading = read(text, options);
    expect([reading.format, keysOf(reading), secondsOf(reading)]).toEqual(['csv', keys, seconds]);
  });

  it('says which columns there are, and what is wrong with a row', () => {
    const text = 'id,name\n1,"a"b\n2\n3,\n4,c\n';
    expect(() => read(text, { format: 'csv', column: 'nam' })).toThrow('from 1 to 2 or one of "id", "name"');
    expect(() => read(text, { format: 'csv', column: '3' })).toThrow('found no column "3"');
    const reading = read(text, { format: 'csv', column: 'name' });
    expect(keysOf(reading)).toEqual(['c']);
    expect(reading.badLines.map(({ line, reason }) => `${line} ${reason.split(',')[0]}`)).toEqual([
      '2 found text after a closing quote',
      '3 found a row without column 2',
      '4 found nothing in column 2',
    ]);
    expect(reading.notes).toEqual([
      { text: 'rows taken; key in column 2 (name): as asked, below a line of names', count: 1 },
    ]);
  });
});

describe('MONITOR', () => {
  const text = `OK
1339518083.107412 [0 127.0.0.1:60866] "keys" "*"
1339518087.877697 [0 127.0.0.1:60866] "GET" "a \\"b\\" \\\\ \\x00\\xc3\\xa9\\n"
1339518088.5 [0 lua] "mget" "x" "y" "x"
1339518089 [9 unix:/tmp/a] b.sock] "HMGET" "h" "f1" "f2"
1339518089 [0 [::1]:6379] "SET" "x" "1" "EX" "5"
1339518089 [0 [::1]:6379] "mset" "x" "1" "y" "2"
1339518089 [0 [::1]:6379] "GET" ""
1339518090 [0 [::1]:6379] "GET"
`;

  it('takes the keys that commands read, at their times, and counts the rest', () => {
    const reading = read(text);
    expect([reading.format, reading.badLineCount]).toEqual(['monitor', 0]);
    expect(keysOf(reading)).toEqual(['a "b" \\ \\x00é\\x0a', 'x', 'y', 'x', 'h', '']);
    expect(secondsOf(reading)[4]).toBeCloseTo(1.122303, 6);
    expect(Object.fromEntries(reading.notes.map(({ text: note, count }) => [note, count]))).toEqual({
      'GET taken as requests': 3,
      'MGET taken as requests': 1,
      'HMGET taken as requests': 1,
      'SET passed over': 1,
      'MSET passed over': 1,
      'KEYS passed over': 1,
    });
  });

  it('takes writes, or both, if asked', () => {
    expect(keysOf(read(text, { commands: 'writes' }))).toEqual(['x', 'x', 'y']);
    expect(keysOf(read(text, { commands: 'both' }))).toHaveLength(9);
    expect(() => read('1.5 [0 a:1] "SET" "x" "1"\n')).toThrow('(1 × SET passed over)');
  });

  it.each([
    '1.5 [0 a:1] "GET" "x',
    '1.5 [0 a:1] "GET',
    '1.5 [0 a:1] GET x',
    '1.5 [0 a:1]',
    '1.5',
    'x [0 a:1] "GET" "x"',
    '1.5 [0 a:1] "GET" "x"y',
    '1.5 [0 a:1] "GET" "x\\"',
    '1.5 [0 a:1] "GET"  "x"',
  ])('has no use for %j', (line) => {
    const reading = read(`1.5 [0 a:1] "GET" "k"\n${line}\n`, { format: 'monitor' });
    expect([keysOf(reading), reading.badLines[0]?.line]).toEqual([['k'], 2]);
  });
});

describe('access logs', () => {
  it('takes GET and HEAD that were answered, by path', () => {
    const line = (request: string, status: number | string, rest = ''): string =>
      `10.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] "${request}" ${status} 2326${rest}\n`;
    const reading = read(
      line('GET /a.gif HTTP/1.0', 200) +
        line('HEAD /a.gif HTTP/1.1', 304, ' "http://ref/" "Mozilla \\"x\\""') +
        line('GET http://host:80/b?c=d HTTP/1.1', 206) +
        line('GET /\\xc3\\xa9\\"q HTTP/2.0', 200) +
        line('GET /x', 200) +
        line('POST /a.gif HTTP/1.0', 200) +
        line('GET /none HTTP/1.0', 404) +
        line('GET /moved HTTP/1.0', 301) +
        line('-', 408) +
        `vhost:80 ${line('GET /v HTTP/1.0', 200)}`,
    );
    expect([reading.format, keysOf(reading)]).toEqual(['weblog', ['/a.gif', '/a.gif', '/b?c=d', '/é"q', '/x', '/v']]);
    expect(reading.notes.map(({ count }) => count)).toEqual([6, 2, 2]);
  });

  it.each([
    'nothing of the kind',
    'h - - [10/Oct/2000:13:55:36 -0700] GET / 200',
    'h - - [10/Oct/2000:13:55:36 -0700] "GET / HTTP/1.0 200',
    'h - - [10/Oct/2000:13:55:36 -0700] "GET / HTTP/1.0" OK 5',
    'h - - [10/Oct/2000:13:55:36 -0700] "GET / HTTP/1.0" 20',
    'h - - [10/Okt/2000:13:55:36 -0700] "GET / HTTP/1.0" 200 5',
    'h - - [10/Oct/2000:13:55:36 -0700] "GET  HTTP/1.0" 200 5',
  ])('has no use for %j', (line) => {
    const good = 'h - - [10/Oct/2000:13:55:36 -0700] "GET /k HTTP/1.0" 200 5';
    const reading = read(`${good}\n${line}\n${good}\n`, { format: 'weblog' });
    expect([keysOf(reading), reading.badLines[0]?.line]).toEqual([['/k', '/k'], 2]);
  });

  it.each([
    ['10/Oct/2000:13:55:36 -0700', Date.UTC(2000, 9, 10, 20, 55, 36)],
    ['01/Jan/1970:00:00:00 +0000', 0],
    ['29/Feb/2024:23:59:59 +0530', Date.UTC(2024, 1, 29, 18, 29, 59)],
    ['01/Mar/2100:00:00:00 +0000', Date.UTC(2100, 2, 1)],
    ['31/Dec/1999:23:59:60 +0000', Date.UTC(2000, 0, 1)],
  ])('reads the time %s', (text, ms) => {
    expect(readLogTime(new TextEncoder().encode(text), 0, text.length) * 1000).toBe(ms);
  });

  it('never lets time run backwards', () => {
    const at = (second: string): string => `h - - [10/Oct/2000:13:55:${second} +0000] "GET / HTTP/1.0" 200 5\n`;
    expect(secondsOf(read(at('10') + at('12') + at('11') + at('14')))).toEqual([0, 2, 2, 4]);
  });
});

describe('the format', () => {
  it.each([
    ['1\n2\n1\n', 'keys', 1],
    ['user:1\nuser:2\n', 'keys', 0.9],
    ['some words\nwithout any order, one might say\n', 'keys', 0.3],
    ['1\n*\n2\n', 'lirs', 1],
    ['0 8 0 1\n16 8 0 2\n', 'arc', 1],
    ['a,b\n1,2\n3,4\n', 'csv', 1],
  ] as const)('of %j is %s, with confidence %d', (text, format, confidence) => {
    const { detection } = read(text);
    expect(detection).toEqual({ format, confidence, why: expect.stringMatching(/line|format/) });
  });
});
