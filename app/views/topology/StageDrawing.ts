import type { RunView } from '../../stage/RunView.ts';
import type { ContentsReader } from '../contents/ContentsReader.ts';
import type { AsideReader } from './AsideReader.ts';
import { hasAside, hasMemory } from './asideKinds.ts';
import { drawInsides, type InsideColours, insideColours } from './insides.ts';
import { type Layout } from './layout.ts';
import { MarkCanvas } from './MarkCanvas.ts';
import { createMarks, MarkReader, type Marks } from './marks.ts';
import { settingAt } from '../settingsAt.ts';
import { readStage, type StageFacts } from './model.ts';
import { makeSprites, readColours } from './sprites.ts';

/** A hop is drawn for at least this long, in real milliseconds. */
export const leastHopMs = 190;
type AsideModule = typeof import('./aside.ts');

/** What goes on beside the requests, its readings and its pictures: fetched when a run first has any of it. */
export const fetchAside = (): Promise<AsideModule> => import('./aside.ts');
/** Once fetched, for every stage. */
let asideModule: AsideModule | null = null;

type ContentsModule = typeof import('../contents/contents.ts');

/** What reads the entries of caches: the first picture does not wait for it. */
let contentsModule: ContentsModule | null = null;

const insidesEveryMs = 80;
const manyMarks = 2600;

/** The canvases of one lane's stage: what moves (every frame) and what is inside the cards (some times a second). */
export class StageDrawing {
  readonly marks: Marks = createMarks();
  facts: (StageFacts & { oneIn: number }) | null = null;
  private readonly movers: MarkCanvas;
  private readonly insides: CanvasRenderingContext2D;
  private readonly element: Element;
  private reader: MarkReader | null = null;
  private contents: ContentsReader | null = null;
  private aside: AsideReader | null = null;
  private asideAsked = false;
  private contentsAsked = false;
  private readonly whenReady: () => void;
  private run: RunView | null = null;
  private layout: Layout | null = null;
  private colours: InsideColours;
  private ringColour = '';
  private oneIn = 1;
  private insidesMs = 0;
  /** How many acts lay before the moment when the insides were drawn. */
  private acts = 0;

  /** `whenReady` is told when something that had to be fetched first can be drawn. */
  constructor(
    element: Element,
    movers: HTMLCanvasElement,
    insides: HTMLCanvasElement,
    whenReady: () => void = () => {},
  ) {
    this.element = element;
    this.whenReady = whenReady;
    this.movers = new MarkCanvas(movers);
    this.insides = insides.getContext('2d') as CanvasRenderingContext2D;
    this.colours = insideColours(element);
  }

  /** Another run, another size, another theme: whatever was prepared for the old one is made anew. The page shows it `scale` times as large. */
  prepare(run: RunView, layout: Layout, scale: number): void {
    const ratio = Math.min(2, scale * (window.devicePixelRatio || 1));
    this.colours = insideColours(this.element);
    this.ringColour = getComputedStyle(this.element).getPropertyValue('--accent');
    this.movers.sprites = makeSprites(readColours(this.element), ratio, layout.vertical ? 3.2 : 3.6);
    this.movers.resize(layout.width, layout.height, ratio);
    this.insides.canvas.width = Math.round(layout.width * ratio);
    this.insides.canvas.height = Math.round(layout.height * ratio);
    this.insides.setTransform(ratio, 0, 0, ratio, 0, 0);
    if (run.spans !== this.run?.spans) this.contents = null;
    if (run !== this.run) this.aside = null;
    this.reader = new MarkReader(run.spans, layout, this.marks);
    this.run = run;
    this.layout = layout;
    this.insidesMs = 0;
  }

  /** Draws the moment; `speed` decides how long a hop must last to be seen. */
  draw(atUs: number, speed: number, highlighted: number, now: boolean): void {
    const { run, layout, reader } = this;
    if (run === null || layout === null || reader === null) return;
    this.thin();
    const aside = this.readAside(run, layout, atUs);
    reader.read(atUs, leastHopMs * 1000 * speed, this.oneIn, highlighted);
    this.movers.draw(this.marks, highlighted, this.ringColour);
    const nowMs = performance.now();
    // Whoever turned something looks for what it does.
    const acts = run.actions.reduce((count, { at }) => (at <= atUs ? count + 1 : count), 0);
    if (!now && acts === this.acts && nowMs - this.insidesMs < insidesEveryMs) return;
    this.acts = acts;
    this.insidesMs = nowMs;
    const cells = this.readContents(run)?.seek(atUs, run.horizonUs) ?? null;
    this.facts = { ...readStage(run, atUs, aside, cells), oneIn: this.oneIn };
    const { cards } = this.facts;
    drawInsides(this.insides, layout, cards, cells, settingAt(run, 'cache.capacity', atUs), this.colours);
    if (aside !== null) asideModule?.drawAside(this.insides, layout, cards, aside, this.colours);
  }

  /** The request whose mark is nearest to a point, at most `withinPx` away; 0 for none. */
  pick(x: number, y: number, withinPx: number): number {
    let best = 0;
    let bestDistance = withinPx * withinPx;
    for (let index = 0; index < this.marks.length; index++) {
      const distance = (this.marks.x[index] - x) ** 2 + (this.marks.y[index] - y) ** 2;
      if (distance < bestDistance) {
        bestDistance = distance;
        best = this.marks.request[index];
      }
    }
    return best;
  }

  /** What reads the shared cache's entries; null until it has been fetched. */
  private readContents(run: RunView): ContentsReader | null {
    if (contentsModule === null) {
      if (this.contentsAsked) return null;
      this.contentsAsked = true;
      void import('../contents/contents.ts').then((module) => {
        contentsModule = module;
        this.whenReady();
      });
      return null;
    }
    const redis = run.meta.nodes.findIndex((node) => node.kind === 'redis');
    this.contents ??= new contentsModule.ContentsReader(run.spans, redis);
    this.contents.rules = contentsModule.contentsRules(run, redis);
    return this.contents;
  }

  /** What reads the things beside the requests; null where there are none, and until it has been fetched. */
  private readAside(run: RunView, layout: Layout, atUs: number): AsideReader | null {
    if (!hasAside(run, atUs)) return null;
    if (asideModule !== null) {
      this.aside ??= new asideModule.AsideReader(run, this.whenReady);
      if (hasMemory(run)) asideModule.divideServers(layout, run.meta.nodes);
    } else if (!this.asideAsked) {
      this.asideAsked = true;
      void fetchAside().then((module) => {
        asideModule = module;
        this.whenReady();
      });
    }
    return this.aside;
  }

  /** Draws fewer requests when there are too many marks to see or to paint, and more again when there are few. */
  private thin(): void {
    if (this.marks.length > manyMarks) this.oneIn *= 2;
    else if (this.oneIn > 1 && this.marks.length < manyMarks / 4) this.oneIn /= 2;
  }
}
