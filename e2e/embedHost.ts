import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Page, test } from '@playwright/test';
import { simulate } from '../src/host/Session.ts';
import { parseScenario } from '../src/scenario/parseScenario.ts';
import { recipe, serveHosts } from './hostPages.mjs';

/** Address of the build. */
export const hotpath = process.env.HOTPATH_E2E_URL as string;

/** Where an embed can stand. */
export const contexts = ['cross-origin', 'sandboxed', 'disk'] as const;
/** One of {@link contexts}. */
export type Context = (typeof contexts)[number];

/** One answer over the port. */
export interface Answer {
  ok: boolean;
  data?: Record<string, unknown>;
  error?: { code: string; message: string };
}

/** What tests use of the loader's element. */
export interface Embed extends HTMLElement {
  ready: Promise<Record<string, unknown>>;
  ask: (type: string, data?: unknown) => Promise<Record<string, unknown>>;
  play: () => Promise<Record<string, unknown>>;
  pause: () => Promise<Record<string, unknown>>;
  set: (settings: object) => Promise<Record<string, unknown>>;
  seek: (t: number | string) => Promise<Record<string, unknown>>;
  inject: (fault: object) => Promise<Record<string, unknown>>;
  getState: (options?: object) => Promise<Record<string, unknown>>;
  getMetrics: (expr: string) => Promise<{ figures: { value: number }[] }>;
}

/** What the pages in `recipes/` leave for tests. */
export interface HostWindow {
  seen: {
    windowMessages: number;
    origins: string[];
    events: { type: string; data: Record<string, unknown> }[];
    ready?: Record<string, unknown>;
    readyMs?: number;
  };
  heard: [string, Record<string, unknown>][];
  heights: number[];
  deck: { slide: (n: number) => void; getIndices: () => { h: number } };
  ask: (type: string, data?: unknown) => Promise<Answer>;
  /** Sends a message as it is; `id` is where its answer is looked for. */
  askRaw: (message: unknown, id: number) => Promise<Answer>;
  post: (message: unknown) => void;
}

/** Other people's pages. */
interface Hosts {
  url: () => string;
  /** A page on disk. */
  disk: (file: string) => string;
  /** A page that makes an element of the loader with these attributes, and keeps what it hears. */
  element: (attributes: Readonly<Record<string, string>>) => string;
  /** The page without the loader, for an embed with this query; it begins to listen `late` ms after it came. */
  page: (context: Context, query: string, late?: number) => string;
}

/** Asks the element on a page; a refusal comes back as its code. */
export function ask(page: Page, type: string, data?: unknown): Promise<Record<string, unknown>> {
  return page.evaluate(
    async ([name, given]) => {
      const el = document.querySelector('hotpath-embed') as Embed;
      return el.ask(name as string, given).catch(({ code, message }) => ({ refused: code as string, message }));
    },
    [type, data],
  );
}

/** What the element on a page has told so far under one name. */
export function told(page: Page, type: string): Promise<Record<string, unknown>[]> {
  return page.evaluate(
    (name) => (window as unknown as HostWindow).heard.filter(([one]) => one === name).map(([, data]) => data),
    type,
  );
}

/** The build, other people's pages, and a folder on disk with both. For the whole of a file. */
export function hostsForAll(): Hosts {
  let hosts: Awaited<ReturnType<typeof serveHosts>>;
  let disk = '';
  test.beforeAll(async () => {
    hosts = await serveHosts(hotpath);
    disk = mkdtempSync(join(tmpdir(), 'hotpath-embed-'));
    for (const file of ['embed.html', 'hotpath.js'])
      writeFileSync(join(disk, file), await (await fetch(`${hotpath}${file}`)).text());
    for (const file of ['lateHost.html', 'plain.html'])
      writeFileSync(join(disk, file), recipe(file, pathToFileURL(`${disk}/`).href));
  });
  test.afterAll(async () => {
    await hosts.close();
    rmSync(disk, { recursive: true, force: true });
  });
  return {
    url: () => hosts.url,
    disk: (file) => pathToFileURL(join(disk, file)).href,
    element: (attributes) => `${hosts.url}recipes/element.html?${new URLSearchParams(attributes)}`,
    page: (context, query, late = 2000) => {
      const base = context === 'disk' ? pathToFileURL(`${disk}/`).href : hotpath;
      const asked = new URLSearchParams({ src: `${base}embed.html?${query}`, late: String(late) });
      if (context === 'sandboxed') asked.set('sandbox', 'allow-scripts');
      const page =
        context === 'disk' ? pathToFileURL(join(disk, 'lateHost.html')).href : `${hosts.url}recipes/lateHost.html`;
      return `${page}?${asked}`;
    },
  };
}

/** Keeps every request that goes anywhere but to the build, the host and the disk. */
export function watchRequests(page: Page, host: string): string[] {
  const strange: string[] = [];
  page.on('request', (request) => {
    const known = [new URL(hotpath).origin, host, 'file:', 'blob:', 'data:'];
    if (!known.some((start) => request.url().startsWith(start))) strange.push(request.url());
  });
  return strange;
}

/** Everything that went wrong on a page, in the words of the browser. */
export function watchErrors(page: Page): string[] {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  return errors;
}

/** The span hash of a scenario of the library up to a moment, worked out here in Node. */
export function hashInNode(id: string, untilUs: number): string {
  const file = new URL(`../content/scenarios/${id}.yaml`, import.meta.url);
  const read = parseScenario(readFileSync(file, 'utf8'), { file: id });
  if ('problems' in read) throw new Error(`${id} is not valid`);
  return simulate(read.scenario, [], untilUs).batch.hash;
}
