/*
 * The loader of embeds: defines <hotpath-embed>, depends on nothing, and is built as one classic script.
 * Everything that a deck or a page needs of the messages is in here; the embed works in a plain iframe too.
 */
import { FrameLink } from './FrameLink.ts';
import { Relay } from './Relay.ts';

declare const PARAMETER_NAMES: readonly string[];

const script = document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : '';
/** Without the third word of popups, the app that a link opens would be locked in like the frame, and could not run. */
const sandbox = 'allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox';
const keepEveryMs = 4000;

/** Everything a page can ask of an embed; each gives a promise of the answer. */
type Ask = (type: string, data?: unknown) => Promise<Record<string, unknown>>;

class HotpathEmbed extends HTMLElement {
  private frame: HTMLIFrameElement | null = null;
  private link: FrameLink | null = null;
  private watcher: IntersectionObserver | null = null;
  private relay: Relay | null = null;
  private kept: { s: string; playing: boolean } | null = null;
  private keeper: ReturnType<typeof setInterval> | undefined;
  private settle: (facts: Record<string, unknown>) => void = () => {};
  /** Resolves with what the embed says of itself, once it runs. */
  readonly ready = new Promise<Record<string, unknown>>((resolve) => {
    this.settle = resolve;
  });

  connectedCallback(): void {
    const { style } = this;
    if (style.display === '') style.display = 'block';
    if (style.aspectRatio === '' && style.height === '' && this.setting('size') !== 'auto')
      style.aspectRatio = '16 / 10';
    const load = this.setting('load') ?? 'lazy';
    if (load === 'now' || this.kept !== null) this.make();
    else if (load === 'click') this.poster();
    else {
      this.watcher = new IntersectionObserver((entries) => entries.some((one) => one.isIntersecting) && this.make(), {
        rootMargin: '300px',
      });
      this.watcher.observe(this);
    }
  }

  /** Whether there is somebody to talk to. */
  get running(): boolean {
    return this.link?.connected ?? false;
  }

  disconnectedCallback(): void {
    this.watcher?.disconnect();
    this.relay?.close();
    this.relay = null;
    clearInterval(this.keeper);
    this.link?.close();
    this.link = null;
    this.frame?.remove();
    this.frame = null;
  }

  /** Makes the frame, if there is none yet. */
  make(): void {
    if (this.frame !== null) return;
    this.watcher?.disconnect();
    const frame = document.createElement('iframe');
    const address = this.address();
    const allowed = this.getAttribute('same-origin') === '1' && address.origin !== window.origin;
    frame.title = this.getAttribute('title') ?? `Hotpath: ${this.unit()}`;
    frame.setAttribute('sandbox', allowed ? `${sandbox} allow-same-origin` : sandbox);
    frame.allow = 'fullscreen; clipboard-write';
    frame.referrerPolicy = 'no-referrer';
    frame.style.cssText = 'display:block;width:100%;height:100%;border:0;color-scheme:normal';
    frame.src = address.href;
    this.frame = frame;
    this.link = new FrameLink(frame, allowed ? address.origin : 'null', {
      ready: (facts) => void this.arrived(facts),
      event: (type, detail) => this.tell(type, detail),
    });
    this.replaceChildren(frame);
    const session = this.setting('session');
    // A frame that keeps its origin has a channel of its own.
    if (session !== undefined && !allowed) this.relay = new Relay(session, this);
    this.keeper = setInterval(() => void this.keep(), keepEveryMs);
  }

  readonly ask: Ask = (type, data) => {
    this.make();
    return this.link === null ? Promise.reject(new Error('The embed is not on a page.')) : this.link.ask(type, data);
  };

  play = () => this.ask('play');
  pause = () => this.ask('pause');
  seek = (t: number | string) => this.ask('seek', { t });
  speed = (speed: number) => this.ask('speed', { speed });
  step = (n = 1) => this.ask('step', { n });
  set = (settings: object) => this.ask('set', settings);
  inject = (fault: object) => this.ask('inject', { fault });
  apply = (commands: object[]) => this.ask('apply', { commands });
  reset = (seed?: number) => this.ask('reset', seed === undefined ? {} : { seed });
  getState = (options: object = {}) => this.ask('getState', options);
  setState = (s: string) => this.ask('setState', { s });
  getMetrics = (expr: string | string[]) => this.ask('getMetrics', { expr });
  subscribe = (expr: string, everyMs = 500) => this.ask('subscribe', { expr, everyMs });
  unsubscribe = (expr?: string) => this.ask('unsubscribe', expr === undefined ? {} : { expr });
  goto = (step: number | string) => this.ask('goto', { step });
  answer = (id: string, value: unknown, confidence?: string) =>
    this.ask('answer', { id, value, ...(confidence === undefined ? {} : { confidence }) });
  hint = (id?: string) => this.ask('hint', id === undefined ? {} : { id });
  theme = (theme: object) => this.ask('theme', theme);
  export = (format = 'json') => this.ask('export', { format });
  override focus = () => void this.ask('focus', {}).catch(() => this.frame?.focus());

  private setting(name: string): string | undefined {
    return this.getAttribute(`data-${name}`) ?? this.getAttribute(name) ?? undefined;
  }

  private unit(): string {
    return this.setting('sim') ?? this.setting('lesson') ?? this.setting('drill') ?? 'a simulation';
  }

  private address(): URL {
    const address = new URL(this.getAttribute('src') ?? 'embed.html', script === '' ? location.href : script);
    for (const name of PARAMETER_NAMES) {
      const value = this.setting(name);
      if (value !== undefined) address.searchParams.set(name, value);
    }
    address.searchParams.set('load', 'now');
    if (!this.hasAttribute('api')) address.searchParams.set('api', '1');
    // A page of an opaque origin has no name by which it could be known again.
    if (!this.hasAttribute('origin') && /^https?:/.test(window.origin))
      address.searchParams.set('origin', window.origin);
    const packed = this.kept?.s ?? this.getAttribute('state');
    if (packed) address.hash = `s=${packed}`;
    return address;
  }

  /** A frame that was loaded anew gets back what it showed before. */
  private async arrived(facts: Record<string, unknown>): Promise<void> {
    const { kept } = this;
    if (kept !== null) {
      const state = await this.ask('getState').catch(() => null);
      if (state !== null && state.s !== kept.s) await this.ask('setState', { s: kept.s }).catch(() => {});
      if (kept.playing) void this.ask('play').catch(() => {});
    }
    if (kept === null) this.relay?.join();
    this.settle(facts);
    this.tell('ready', facts);
  }

  private async keep(): Promise<void> {
    if (document.hidden || !this.link?.connected) return;
    const state = await this.ask('getState').catch(() => null);
    if (typeof state?.s === 'string') this.kept = { s: state.s, playing: state.playing === true };
  }

  private tell(type: string, detail: unknown): void {
    const { height } = (detail ?? {}) as { height?: unknown };
    if (
      type === 'size' &&
      typeof height === 'number' &&
      height > 0 &&
      height < 20_000 &&
      this.setting('size') === 'auto'
    ) {
      this.style.aspectRatio = 'auto';
      if (this.frame !== null) this.frame.style.height = `${Math.ceil(height)}px`;
    }
    // What it says before it is ready is where it begins, and nothing that anybody did.
    const { began } = (detail ?? {}) as { began?: unknown };
    if (this.running && began !== true && (type === 'state' || type === 'command')) {
      this.relay?.tell(type, detail ?? {});
      if (type === 'command') void this.keep();
    }
    this.dispatchEvent(new CustomEvent(`hotpath:${type}`, { detail, bubbles: true }));
  }

  private poster(): void {
    const button = document.createElement('button');
    const picture = this.getAttribute('poster');
    button.type = 'button';
    button.textContent = `Open ${this.getAttribute('title') ?? `the simulation “${this.unit()}”`}`;
    button.style.cssText =
      'width:100%;height:100%;min-height:8rem;font:600 1rem/1.4 system-ui,sans-serif;color:#1b1f27;background:#f3f1ea;border:1px solid #8f8b80;border-radius:8px;cursor:pointer';
    if (picture !== null) {
      button.style.background = `center / cover no-repeat #f3f1ea url(${JSON.stringify(new URL(picture, location.href).href)})`;
      button.setAttribute('aria-label', button.textContent);
      button.textContent = '';
    }
    button.onclick = () => {
      this.make();
      this.focus();
    };
    this.replaceChildren(button);
  }
}

if (!customElements.get('hotpath-embed')) customElements.define('hotpath-embed', HotpathEmbed);
