import { useEffect, useRef, useState } from 'react';
import { stepOf } from '../../../src/drills.ts';
import styles from '../Drill.module.css';
import { messageOf } from '../messageOf.ts';
import { useRoom } from '../room.ts';
import { commandsOf } from '../session/drillLogOf.ts';
import type { Sheet } from '../session/Sheet.ts';
import { publicOutcome } from './publicOutcome.ts';

/**
 * Judges in the background whatever has to be: the truth of predictions once the drill has begun, and every attempt. Stands
 * in windows that hold the key. Shows only what is wrong with the script itself.
 */
export function JudgeDuty({ sheet }: { sheet: Sheet }) {
  const { drill, log, judge, role } = useRoom();
  const [problem, setProblem] = useState('');
  const asked = useRef(new Set<string>());
  const begunEarly = useRef('');
  const { seed } = sheet;
  const begun = sheet.log !== undefined;

  useEffect(() => {
    const name = `truths/${seed}`;
    if (!begun || asked.current.has(name)) return;
    asked.current.add(name);
    judge.truths(seed).then(
      ({ truths, scriptError }) => {
        for (const [step, found] of Object.entries(truths)) log.act({ do: 'truth', step, found });
        if (scriptError !== '') setProblem(`The drill itself is at fault, not you: ${scriptError}`);
      },
      (error: unknown) => setProblem(`The truth of predictions could not be measured: ${messageOf(error)}`),
    );
  }, [begun, seed, judge, log]);

  useEffect(() => {
    for (const { step, attempt, outcome } of sheet.log?.attempts ?? []) {
      const name = `${step}/${attempt}`;
      if (asked.current.has(name) || (outcome !== undefined && hasSecrets(sheet, step, attempt))) continue;
      const commands = commandsOf(sheet.events, step, attempt);
      // While its run goes on, settings may still be turned and faults be let in.
      if (!sheet.ran.has(name) && sheet.step?.id === step && !sheet.finished) {
        // In most attempts nothing is: the judge begins beside the run, so that its word is there at the end.
        if (role !== 'solo' || begunEarly.current === name) continue;
        begunEarly.current = name;
        judge.attempt(seed, step, commands).catch(() => undefined);
        continue;
      }
      asked.current.add(name);
      judge.attempt(seed, step, commands).then(
        (found) => {
          log.act({ do: 'judged', step, n: attempt, whole: true, outcome: found });
          const task = stepOf(drill, step);
          if (role !== 'solo' && task.kind === 'intervene')
            log.act({ do: 'judged', step, n: attempt, whole: false, outcome: publicOutcome(task, found) });
        },
        (error: unknown) =>
          log.act({ do: 'judged', step, n: attempt, whole: false, problem: messageOf(error).slice(0, 1900) }),
      );
    }
  }, [sheet, judge, log, role, drill, seed]);

  return problem === '' ? null : (
    <p role="alert" className={styles.notice}>
      {problem}
    </p>
  );
}

/** Whether an attempt has been judged with its secret checks. */
function hasSecrets(sheet: Sheet, step: string, n: number): boolean {
  return sheet.events.some(({ act }) => act.do === 'judged' && act.whole && act.step === step && act.n === n);
}
