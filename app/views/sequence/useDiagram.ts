import { type RefObject, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { PlayheadSource } from '../PlayheadSource.ts';
import { type Drawing, prepareDrawing, showMoment } from './drawing.ts';
import { loadMermaid } from './loadMermaid.ts';
import type { SequenceModel } from './model.ts';

/** Between two drawings, and the longest one may take before the list takes its place. */
const pauseMs = 250;
const longestDrawingMs = 1000;

let drawings = 0;

/**
 * Keeps a diagram drawn in `holder`: anew when its text or the theme (and so the size of type) changes, at most four times
 * a second; with the playhead only marks are moved inside it.
 * @returns true when it could not be drawn, or took over a second: show the list then.
 */
export function useDiagram(
  holder: RefObject<HTMLElement | null>,
  text: string,
  model: SequenceModel,
  playhead: PlayheadSource,
): boolean {
  const [failedText, setFailedText] = useState<string | null>(null);
  const theme = useTheme();
  const current = useRef<{ drawing: Drawing; model: SequenceModel } | null>(null);
  const lastMs = useRef(0);
  const failed = failedText === text;
  const newest = useRef(model);
  useEffect(() => {
    newest.current = model;
  }, [model]);

  useEffect(() => {
    let stopped = false;
    const fail = () => {
      if (!stopped) setFailedText(text);
    };
    const draw = async () => {
      const mermaid = await loadMermaid();
      if (stopped) return;
      const startMs = performance.now();
      lastMs.current = startMs;
      const { svg } = await mermaid.render(`sequence${++drawings}`, text);
      if (stopped || holder.current === null) return;
      // Made by mermaid under its strict level, from escaped labels only.
      holder.current.innerHTML = svg;
      holder.current.dataset.drawnFor = theme;
      const element = holder.current.querySelector('svg');
      const drawing = element && prepareDrawing(element, newest.current);
      if (!drawing || performance.now() - startMs > longestDrawingMs) {
        fail();
        return;
      }
      current.current = { drawing, model: newest.current };
      showMoment(drawing, newest.current, playhead.atUs);
    };
    const waitMs = Math.max(0, lastMs.current + pauseMs - performance.now());
    const timer = setTimeout(() => void draw().catch(fail), waitMs);
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [holder, text, theme, playhead]);

  useEffect(() => {
    return playhead.subscribe((atUs) => {
      if (current.current !== null) showMoment(current.current.drawing, current.current.model, atUs);
    });
  }, [playhead]);

  return failed;
}

/** The theme in force, from the document itself: its type may be of another size. */
function useTheme(): string {
  return useSyncExternalStore(subscribeToTheme, () => document.documentElement.dataset.theme ?? '');
}

function subscribeToTheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}
