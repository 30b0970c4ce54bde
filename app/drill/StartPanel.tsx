import { useState } from 'react';
import { formatNumber } from '../ui/format.ts';
import { seedFor } from '../../src/drills.ts';
import { Button } from '../ui/Button.tsx';
import styles from './Drill.module.css';
import { InviteLinks } from './InviteLinks.tsx';
import { PaceChoice } from './PaceChoice.tsx';
import { learnerId } from './results.ts';
import { useRoom, useSheet } from './room.ts';
import type { Pace } from './session/SheetAct.ts';
import { kindTitles, sayLimit, sayOthers } from './words.ts';

/** Before a drill begins: what it is, how long it takes, and the one setting for time. */
export function StartPanel() {
  const { drill, log, role, session, keepsScore } = useRoom();
  const sheet = useSheet();
  const [pace, setPace] = useState<Pace>('1');
  const begin = () => {
    log.act({
      do: 'begin',
      seed: seedFor(drill, learnerId()),
      interview: role !== 'solo',
      pace,
      startedAt: new Date().toISOString(),
    });
    log.act({ do: 'goto', step: drill.steps[0].id });
  };
  return (
    <div className={styles.start}>
      <p className={styles.lead}>
        {drill.steps.length} steps, {formatNumber(drill.minutes)} minutes. You say what will happen before anything
        runs; then you watch, change what may be changed, and explain it.
      </p>
      <ol className={styles.plan}>
        {drill.steps.map((step) => (
          <li key={step.id}>
            <b>{kindTitles[step.kind]}</b>
            <span>{sayLimit(step.limitS)}</span>
            <span>{step.points > 0 ? `${formatNumber(step.points)} points` : ''}</span>
          </li>
        ))}
      </ol>
      <PaceChoice value={pace} onChange={setPace} />
      <p className={styles.quiet}>
        It holds for the whole sheet and is written on it. When a limit passes, nothing is lost and nothing is locked.
      </p>
      <p className={styles.acts}>
        <Button kind="primary" onClick={begin}>
          Begin
        </Button>
      </p>
      {role !== 'solo' && (
        <p className={styles.quiet}>
          Session “{session}”. {sayOthers(sheet.others)} Either window may begin.
        </p>
      )}
      {/* A preview keeps nothing, and has no address that could be given to anybody. */}
      {keepsScore && (
        <>
          <p className={styles.quiet}>
            Alone, this is an honour system: the answers are in the page, only folded away. Your sheet stays in this
            browser.
          </p>
          <InviteLinks />
        </>
      )}
    </div>
  );
}
