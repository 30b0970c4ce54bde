import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { momentAddress } from '../share/moment.ts';
import { announce } from '../ui/announce.ts';
import styles from './PlayBar.module.css';
import type { Stage } from './Stage.ts';

/** Inside an embed there is no page to embed it from. */
const isEmbedded = document.documentElement.dataset.embed !== undefined;

/**
 * The ways out of a stage: the same run in the playground, and on somebody's own page. Both take along what was changed,
 * and the moment that is shown.
 */
export function StageLinks({ stage }: { stage: Stage }) {
  const { id } = stage.store.getState().input;
  return (
    <span className={styles.links}>
      <MomentLink stage={stage} to={`/play/${id}`} words={isEmbedded ? 'Open in Hotpath' : 'Open in playground'} />
      {!isEmbedded && <MomentLink stage={stage} to={`/embed?sim=${id}`} words="Embed" />}
    </span>
  );
}

function MomentLink({ stage, to, words }: { stage: Stage; to: string; words: string }) {
  const [, goTo] = useLocation();
  const [busy, setBusy] = useState(false);
  const open = async () => {
    setBusy(true);
    stage.pause();
    try {
      const packed = (await momentAddress(stage)).split('?s=')[1];
      goTo(`${to}${to.includes('?') ? '&' : '?'}s=${packed}`);
    } catch (error) {
      announce(error instanceof Error ? error.message : String(error));
      goTo(to);
    }
    setBusy(false);
  };
  return (
    <Link
      href={to}
      aria-busy={busy}
      onClick={(event) => {
        // A new tab gets the scenario as it is: there is nothing to wait for with.
        // Where an embed turns links into text there is nowhere to go.
        if (!event.currentTarget.hasAttribute('href')) return;
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button !== 0) return;
        event.preventDefault();
        void open();
      }}
    >
      {words}
    </Link>
  );
}
