import { expect, test } from '@playwright/test';
import { hostsForAll, type HostWindow, watchErrors } from './embedHost.ts';

declare const window: Window & HostWindow;

const hosts = hostsForAll();

test('2,000 hostile messages are refused in words, and the run goes on as it was', async ({ page }) => {
  test.setTimeout(90_000);
  const errors = watchErrors(page);
  await page.goto(hosts.page('sandboxed', 'sim=home&load=now&api=1', 0));
  await page.waitForFunction(() => window.seen?.ready !== undefined);
  const before = await page.evaluate(() => window.ask('getState'));

  const codes = await page.evaluate(async () => {
    const deep = Array.from({ length: 100 }).reduce<unknown>((inner) => ({ inner }), 1);
    const polluting = JSON.parse('{"v":1,"type":"set","data":{"__proto__":{"polluted":1}}}') as object;
    const one: [string, object][] = [
      ['version', { v: 2, type: 'play' }],
      ['bad-envelope', { type: 'play' }],
      ['bad-envelope', { v: '1', type: 'play' }],
      ['bad-envelope', { v: 1, type: 7 }],
      ['unknown-type', { v: 1, type: 'constructor' }],
      ['unknown-type', { v: 1, type: 'eval' }],
      ['too-large', { v: 1, type: 'set', data: { a: 'x'.repeat(5_000_000) } }],
      ['too-large', { v: 1, type: 'apply', data: { commands: Array.from({ length: 90_000 }, () => 1) } }],
      ['too-large', { v: 1, type: 'seek', data: deep }],
      ['not-plain', polluting],
      ['not-plain', { v: 1, type: 'seek', data: { t: Number.NaN } }],
      ['not-plain', { v: 1, type: 'seek', data: new Map() }],
      ['not-plain', { v: 1, type: 'seek', data: new ArrayBuffer(8) }],
      ['bad-data', { v: 1, type: 'seek', data: { t: -1 } }],
      ['bad-data', { v: 1, type: 'seek', data: { t: '5 minutes' } }],
      ['bad-data', { v: 1, type: 'speed', data: { speed: 1e9 } }],
      ['bad-data', { v: 1, type: 'goto', data: { step: { valueOf: 1 } } }],
      ['bad-setting', { v: 1, type: 'set', data: { 'cache.nothing': 1 } }],
      ['bad-act', { v: 1, type: 'inject', data: { fault: { do: 'format', at: '1s' } } }],
      ['bad-state', { v: 1, type: 'setState', data: { s: 'AAAA' } }],
      ['bad-expression', { v: 1, type: 'getMetrics', data: { expr: 'alert(1)' } }],
      ['no-origin', { v: 1, type: 'hint', data: {} }],
      ['not-here', { v: 1, type: 'goto', data: { step: 1 } }],
    ];
    const found: [string, string, string][] = [];
    let id = 1000;
    for (const [code, message] of one) {
      await new Promise((resolve) => setTimeout(resolve, 120));
      const { error } = await window.askRaw({ ...message, id: ++id }, id);
      found.push([code, error?.code ?? 'ok', error?.message ?? '']);
    }
    return found;
  });
  for (const [expected, code, message] of codes) {
    expect(code).toBe(expected);
    expect(message.length).toBeGreaterThan(10);
  }

  await page.waitForTimeout(1100);
  const slowest = await page.evaluate(async () => {
    const kinds = [
      (n: number) => ({ v: n, type: 'play' }),
      (n: number) => ({ v: 1, type: `x${n}`, id: n }),
      (n: number) => ({ v: 1, type: 'set', data: { [`p${n}`]: { toString: 1 } } }),
      (n: number) => 'x'.repeat(n),
      (n: number) => JSON.parse(`{"v":1,"type":"set","data":{"constructor":${n}}}`) as object,
      (n: number) => [n, null, undefined],
    ];
    for (let n = 0; n < 2000; n++) window.post(kinds[n % kinds.length](n));
    let longest = 0;
    for (let frame = 0; frame < 60; frame++) {
      const start = performance.now();
      await new Promise(requestAnimationFrame);
      longest = Math.max(longest, performance.now() - start);
    }
    return longest;
  });
  console.log(`flood of 2,000: longest frame of the host ${Math.round(slowest)} ms`);
  await page.waitForTimeout(1500);
  expect(await page.evaluate(() => Object.keys(Object.prototype).length)).toBe(0);
  const after = await page.evaluate(() => window.ask('getState'));
  expect(after.data?.s).toBe(before.data?.s);
  const refused = await page.evaluate(() => window.seen.events.filter(({ type }) => type === 'error').length);
  // Told in words, but never one answer for each message of a flood.
  expect(refused).toBeGreaterThan(3);
  expect(refused).toBeLessThan(80);
  expect(errors).toEqual([]);
});

test('windows that are not the parent are not heard, whatever they say', async ({ page }) => {
  await page.goto(hosts.page('cross-origin', 'sim=home&load=now&api=1', 0));
  await page.waitForFunction(() => window.seen?.ready !== undefined);
  const before = await page.evaluate(() => window.ask('getState'));
  const heard = await page.evaluate(async () => {
    const stranger = document.createElement('iframe');
    // The stranger's own script: it talks to the embed beside it and tells what it hears.
    stranger.srcdoc = `<script>
      const target = parent.frames[0];
      let heard = 0;
      addEventListener('message', () => heard++);
      for (let n = 0; n < 200; n++) {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => heard++;
        target.postMessage({ hotpath: 1, type: 'connect', nonce: 'mine' }, '*', [port2]);
        port1.postMessage({ v: 1, type: 'set', id: n, data: { 'cache.ttl': '1s' } });
        target.postMessage('slide:start', '*');
      }
      setTimeout(() => parent.postMessage({ stranger: heard }, '*'), 1500);
    </script>`;
    const told = new Promise<number>((resolve) =>
      addEventListener('message', ({ data }) => data?.stranger !== undefined && resolve(data.stranger as number)),
    );
    document.body.append(stranger);
    return told;
  });
  expect(heard).toBe(0);
  const after = await page.evaluate(() => window.ask('getState'));
  expect(after.data).toEqual(before.data);
});

test('addresses full of markup and long words are text and nothing else', async ({ page }) => {
  const errors = watchErrors(page);
  const words = ['<img src=x onerror=alert(1)>', '\u202Eevil', 'x'.repeat(3000), '%3Cscript%3E', "';alert(1);//"];
  for (const word of words) {
    const query = `sim=${encodeURIComponent(word)}&theme=${encodeURIComponent(word)}&load=now`;
    await page.goto(hosts.page('sandboxed', query, 0));
    const frame = page.frameLocator('iframe');
    await expect(frame.getByRole('heading', { name: 'Nothing to show' })).toBeVisible();
    expect(await frame.locator('img, script[src]').count()).toBe(0);
  }
  await page.goto(
    hosts.page('sandboxed', 'sim=home&load=now', 0).replace('load%3Dnow', `load%3Dnow%23s%3D${'A'.repeat(9000)}`),
  );
  await expect(page.frameLocator('iframe').getByText('This link is broken')).toBeVisible();
  expect(errors).toEqual([]);
});
