/**
 * Measures the built page in a real browser and prints a table: script a frame with many marks, how soon a slider and a
 * scrub are seen, first moving request on a slowed processor, memory over time. A benchmark, not a test: machines differ.
 * `--minutes N` for the memory run (default 2).
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { findBrowser, launchArgs } from './findBrowser.mjs';
import { serve } from './serve.mjs';

const dist = join(fileURLToPath(new URL('..', import.meta.url)), 'dist');
const minutes = Number(process.argv[process.argv.indexOf('--minutes') + 1] || 2) || 2;

const server = await serve(dist);
const found = await findBrowser();
const browser = await chromium.launch({
  executablePath: found.executablePath,
  args: [...launchArgs(), '--js-flags=--expose-gc', '--enable-precise-memory-info'],
});
const rows = [];

/** Time spent in requestAnimationFrame callbacks, one number a frame; installed before the page's own script. */
const meter = () => {
  const original = window.requestAnimationFrame.bind(window);
  window.frameMs = [];
  window.requestAnimationFrame = (callback) =>
    original((now) => {
      const began = performance.now();
      callback(now);
      window.frameMs.push(performance.now() - began);
    });
};

/** Time from one frame to the next. */
const meterGaps = () => {
  window.gapsMs = [];
  let before = performance.now();
  const tick = (now) => {
    window.gapsMs.push(now - before);
    before = now;
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
};

async function open(address) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.addInitScript(meter);
  await page.goto(`${server.url}${address}`);
  await page.getByTestId('stage').first().getByText('Redis', { exact: true }).waitFor();
  return page;
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const quantile = (values, share) => [...values].sort((a, b) => a - b)[Math.floor(values.length * share)];

async function frames() {
  const page = await open('#/play/home');
  const rate = page.getByRole('slider', { name: 'Requests' }).first();
  await rate.focus();
  await rate.press('End');
  await page.waitForTimeout(4000);
  await page.evaluate(() => (window.frameMs.length = 0));
  await page.waitForTimeout(5000);
  const ms = await page.evaluate(() => window.frameMs);
  rows.push(['script a frame, median', `${median(ms).toFixed(2)} ms`, '≤ 4 ms']);
  rows.push(['script a frame, 95 %', `${quantile(ms, 0.95).toFixed(2)} ms`, '']);
  rows.push(['frames a second', (ms.length / 5).toFixed(0), '']);
  await page.close();
}

async function slider() {
  const page = await open('#/play/home');
  await page.waitForTimeout(3000);
  const times = [];
  for (let turn = 0; turn < 6; turn++) {
    times.push(
      await page.evaluate(
        (key) =>
          new Promise((resolve) => {
            const input = [...document.querySelectorAll('input[type=range]')].find((one) =>
              one.labels?.[0]?.textContent?.includes('Capacity'),
            );
            const stage = document.querySelector('[data-testid="stage"]');
            const capacity = () => /of ([\d\u2009\u202f ]+)/.exec(stage.textContent.split('Redis')[1] ?? '')?.[1];
            const before = capacity();
            const began = performance.now();
            input.focus();
            input.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
            const look = () => (capacity() !== before ? resolve(performance.now() - began) : setTimeout(look, 2));
            look();
          }),
        turn % 2 === 0 ? 'Home' : 'End',
      ),
    );
    await page.waitForTimeout(800);
  }
  rows.push(['slider to words on the stage, median', `${median(times).toFixed(0)} ms`, '≤ 100 ms']);
  await page.close();
}

async function scrub() {
  const page = await open('#/play/cache-flushed-at-peak');
  const slider = page.getByRole('slider', { name: 'Moment of the run' });
  await slider.fill('9900');
  await page.waitForTimeout(6000);
  const times = await page.evaluate(async () => {
    const input = document.querySelector('input[aria-label="Moment of the run"]');
    const clock = document.querySelector('[data-testid="clock"]');
    const seen = [];
    for (const position of [200, 9800, 400, 9600, 600, 9400]) {
      const before = clock.textContent;
      const began = performance.now();
      input.value = String(position);
      input.dispatchEvent(new Event('input', { bubbles: true }));
      while (clock.textContent === before) await new Promise((resolve) => requestAnimationFrame(resolve));
      seen.push(performance.now() - began);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    return seen;
  });
  rows.push(['scrub over a minute, median', `${median(times).toFixed(0)} ms`, '≤ 100 ms']);
  rows.push(['scrub over a minute, slowest', `${Math.max(...times).toFixed(0)} ms`, '']);
  await page.close();
}

async function firstRequest() {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  const began = Date.now();
  await page.goto(server.url, { waitUntil: 'commit' });
  await page.waitForFunction(() => {
    const canvases = document.querySelectorAll('[data-testid="stage"] canvas');
    const canvas = canvases[canvases.length - 1];
    return (
      canvas &&
      canvas.width > 1 &&
      canvas
        .getContext('2d')
        .getImageData(0, 0, canvas.width, canvas.height)
        .data.some((value) => value > 0)
    );
  });
  rows.push(['first moving request, 4× slowed', `${Date.now() - began} ms`, '≤ 1,500 ms']);
  await page.close();
}

/** A million requests, twelve policies, twenty sizes: how soon there is something, all of it, and whether frames keep coming. */
async function curves() {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.addInitScript(meterGaps);
  await page.goto(`${server.url}#/lab/curves?trace=zipf&n=1000000&seed=1`);
  const told = page.getByText(/First curve after .* all after/);
  await told.waitFor({ timeout: 180_000 });
  const gaps = await page.evaluate(() => window.gapsMs);
  rows.push(['curves of 1 M requests × 12 × 20', (await told.textContent()).replace(', in this browser.', ''), '']);
  rows.push(['gap between frames meanwhile, median', `${median(gaps).toFixed(1)} ms`, '≤ 17 ms']);
  rows.push(['gap between frames meanwhile, 99 %', `${quantile(gaps, 0.99).toFixed(1)} ms`, '']);
  await page.close();
}

async function memory() {
  const page = await open('#/play/home');
  const heap = () =>
    page.evaluate(() => {
      window.gc?.();
      return performance.memory.usedJSHeapSize / 1048576;
    });
  await page.waitForTimeout(15_000);
  const series = [await heap()];
  for (let minute = 0; minute < minutes; minute++) {
    await page.waitForTimeout(60_000);
    series.push(await heap());
  }
  rows.push([`heap over ${minutes} minutes, MB`, series.map((mb) => mb.toFixed(0)).join(' → '), 'flat']);
  await page.close();
}

for (const measure of [frames, slider, scrub, firstRequest, curves, memory]) {
  try {
    await measure();
  } catch (error) {
    rows.push([measure.name, `failed: ${error.message.split('\n')[0]}`, '']);
  }
}
await browser.close();
await server.close();
for (const [what, value, budget] of rows) console.log(`${what.padEnd(42)}${value.padEnd(28)}${budget}`);
