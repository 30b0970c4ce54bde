import { useEffect, useState } from 'react';
import { loadScenario } from '../../content/scenarios.ts';
import { decodeLink } from '../../share/link.ts';
import { stageOptionsOf } from '../../share/moment.ts';
import type { StageOptions } from '../../stage/Stage.ts';
import { prefersCalm } from '../../stage/useStage.ts';

/** How the playground opens: what to run, and what was wrong with the link it came by. */
export interface Opening {
  options: StageOptions | null;
  /** In words, with what was done instead; empty when all is well. */
  notice: string;
}

const empty: Opening = { options: null, notice: '' };

/** Reads the address: a scenario by its id, or a shared moment. A broken link says so and opens the scenario itself. */
export function useOpening(id: string): Opening {
  const [opening, setOpening] = useState({ id, ...empty });
  useEffect(() => {
    let current = true;
    let previous = '';
    const open = async () => {
      const packed = packedOf(location.hash);
      const key = `${id} ${packed}`;
      if (key === previous) return;
      previous = key;
      const next = await readOpening(id, packed);
      if (current && key === previous) setOpening({ id, ...next });
    };
    void open();
    const again = () => void open();
    window.addEventListener('hashchange', again);
    return () => {
      current = false;
      window.removeEventListener('hashchange', again);
    };
  }, [id]);
  return opening.id === id ? opening : empty;
}

function packedOf(hash: string): string {
  return new URLSearchParams(hash.split('?')[1] ?? '').get('s') ?? '';
}

async function readOpening(id: string, packed: string): Promise<Opening> {
  let notice = '';
  if (packed !== '') {
    const decoded = await decodeLink(packed);
    const options = 'ok' in decoded ? await stageOptionsOf(decoded.ok) : { problem: decoded.error };
    if (!('problem' in options)) return { options, notice: '' };
    notice = `${options.problem} The scenario is shown from its beginning instead.`;
  }
  const found = await loadScenario(id);
  if (found !== undefined) return { options: { ...found, playing: !prefersCalm() }, notice };
  const fallback = await loadScenario('cache-aside-basics');
  return {
    options: fallback === undefined ? null : { ...fallback, playing: !prefersCalm() },
    notice: notice || `There is no scenario called “${id}”. This is the first one of the gallery.`,
  };
}
