import { useState } from 'react';
import type { AttemptLog, InterveneStep } from '../../../src/drills.ts';
import { Button } from '../../ui/Button.tsx';
import styles from '../Drill.module.css';
import { messageOf } from '../messageOf.ts';
import { useRoom } from '../room.ts';
import { commandsOf } from '../session/drillLogOf.ts';
import type { Sheet } from '../session/Sheet.ts';

/** An attempt that has not been judged yet: why, and what can be done about it. */
export function JudgeHere({ sheet, step, attempt }: { sheet: Sheet; step: InterveneStep; attempt: AttemptLog }) {
  const { log, judge, role } = useRoom();
  const [busy, setBusy] = useState(false);
  const problem = sheet.problems.get(`${step.id}/${attempt.attempt}`) ?? '';
  const judgeHere = async () => {
    setBusy(true);
    const found = { do: 'judged', step: step.id, n: attempt.attempt, whole: false } as const;
    try {
      const outcome = await judge.attempt(sheet.seed, step.id, commandsOf(sheet.events, step.id, attempt.attempt));
      log.act({ ...found, outcome });
    } catch (error) {
      log.act({ ...found, problem: messageOf(error) });
    }
    setBusy(false);
  };
  if (problem !== '')
    return (
      <p role="alert" className={styles.notice}>
        The attempt could not be judged: {problem}
      </p>
    );
  const alone = role === 'candidate' && !sheet.others.includes('interviewer');
  return (
    <div aria-busy={!alone || busy}>
      <p>
        {alone
          ? 'The interviewer’s window is not there. The attempt is kept, and judged as soon as it is back.'
          : 'The attempt is being judged, on every seed that its checks name.'}
      </p>
      {alone && (
        <p className={styles.acts}>
          <Button disabled={busy} onClick={() => void judgeHere()}>
            Judge it here, without what is kept secret
          </Button>
        </p>
      )}
    </div>
  );
}
