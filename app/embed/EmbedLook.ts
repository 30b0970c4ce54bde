import { readTokens } from './host/themeTokens.ts';
import { Refusal } from './host/Refusal.ts';
import type { embedThemes } from './parameters.ts';

/** One of the themes of an embed. */
export type EmbedTheme = (typeof embedThemes)[number];

/** Theme, size of type and tokens of an embed's document. */
export class EmbedLook {
  private theme: EmbedTheme;
  private tokens: ReadonlyMap<string, string> = new Map();
  private readonly page: Document;
  private readonly scale: number;

  constructor(page: Document, theme: EmbedTheme, scale: number) {
    this.page = page;
    this.theme = theme;
    this.scale = scale;
  }

  /** Puts the theme in force, and keeps `auto` in step with the system. */
  start(): void {
    const { style, dataset } = this.page.documentElement;
    dataset.embed = '';
    const system = matchMedia('(prefers-color-scheme: dark)');
    system.addEventListener('change', () => this.show());
    this.show();
    if (this.scale === 1) return;
    const now = getComputedStyle(this.page.documentElement);
    const scaled = (token: string, usual: number) =>
      (Number.parseFloat(now.getPropertyValue(token)) || usual) * this.scale;
    const [root, stage] = [scaled('--root-size', 100), scaled('--stage-scale', 1)];
    style.setProperty('--root-size', `${root}%`);
    style.setProperty('--stage-scale', String(stage));
  }

  /** Another theme, other tokens, or both; tokens last until the next theme. @throws Refusal. */
  change(theme: EmbedTheme | undefined, tokens: Readonly<Record<string, string | number>> | undefined): void {
    const { style } = this.page.documentElement;
    const before = { theme: this.theme, tokens: this.tokens };
    if (theme !== undefined) {
      for (const property of this.tokens.keys()) style.removeProperty(property);
      this.tokens = new Map();
      this.theme = theme;
      this.show();
    }
    if (tokens === undefined) return;
    try {
      const now = getComputedStyle(this.page.documentElement);
      const read = readTokens(tokens, (property) => now.getPropertyValue(property));
      for (const [property, value] of read) style.setProperty(property, value);
      this.tokens = new Map([...this.tokens, ...read]);
      // Canvas code reads the tokens anew when the name of the theme changes.
      this.page.documentElement.dataset.theme = `${this.page.documentElement.dataset.theme}`;
    } catch (error) {
      this.theme = before.theme;
      this.tokens = before.tokens;
      this.show();
      for (const [property, value] of before.tokens) style.setProperty(property, value);
      if (error instanceof Refusal) throw error;
      throw new Refusal('bad-token', 'The tokens could not be read.');
    }
  }

  private show(): void {
    const dark = matchMedia('(prefers-color-scheme: dark)').matches;
    this.page.documentElement.dataset.theme = this.theme === 'auto' ? (dark ? 'dark' : 'light') : this.theme;
  }
}
