import { announce } from '../../ui/announce.ts';
import { Button } from '../../ui/Button.tsx';
import styles from '../Drill.module.css';
import { useRoom } from '../room.ts';
import { sayFault } from '../score/sayFault.ts';
import type { InjectedAct } from '../session/SheetAct.ts';
import type { Sheet } from '../session/Sheet.ts';
import { sayTime } from '../words.ts';
import { faultName } from './useSecretFaults.ts';

/** Faults an interviewer may let in at any moment of a run. */
const more: readonly { title: string; act: (at: string) => InjectedAct }[] = [
  { title: 'Empty the cache', act: (at) => ({ at, do: 'flush' }) },
  { title: 'Slow database, 10 s', act: (at) => ({ at, do: 'slow', node: 'database', factor: 4, for: '10s' }) },
  { title: 'Three times the readers, 10 s', act: (at) => ({ at, do: 'burst', factor: 3, for: '10s' }) },
];

/** What an act is let in ahead of the candidate's playhead, so that no window has to go back for it. */
const aheadMs = 400;

/** The faults of the script, which of them are hidden and which are through; and more to let in. */
export function FaultPanel({ sheet }: { sheet: Sheet }) {
  const { drill, log } = useRoom();
  const { time } = sheet;
  const through = new Set(
    sheet.events.flatMap(({ act }) =>
      act.do === 'inject' && act.byScript && act.step === time?.step && act.n === time.n ? [act.id] : [],
    ),
  );
  const isTask = drill.steps.some(({ id, kind }) => id === time?.step && kind === 'intervene');
  const mayInject = time !== null && isTask && time.n > 0 && !sheet.ran.has(`${time.step}/${time.n}`);
  const inject = (title: string, act: (at: string) => InjectedAct) => {
    if (time === null) return;
    const atUs = Math.round(time.atUs + aheadMs * 1000 * Math.max(1, time.speed));
    log.act({
      do: 'inject',
      step: time.step,
      n: time.n,
      id: title.slice(0, 60),
      byScript: false,
      atUs,
      action: act(`${atUs}us`),
    });
    announce(`${title}: let in.`);
  };
  return (
    <section aria-labelledby="faults-title">
      <h3 id="faults-title">What happens</h3>
      <ul data-plain="" className={styles.faults}>
        {drill.faults.map((fault, index) => (
          <li key={faultName(fault, index)}>
            <code>{sayTime(fault.atUs, drill.scenario.clock)}</code>{' '}
            <span>
              {sayFault(fault.action)}
              {fault.secret && (
                <b className={styles.secretMark}> hidden{through.has(faultName(fault, index)) ? ', is through' : ''}</b>
              )}
            </span>
          </li>
        ))}
      </ul>
      {sheet.step?.kind !== 'score' && (
        <>
          <p className={styles.acts}>
            {more.map(({ title, act }) => (
              <Button key={title} disabled={!mayInject} onClick={() => inject(title, act)}>
                {title}
              </Button>
            ))}
          </p>
          {!mayInject && <p className={styles.quiet}>More can be let in while an attempt runs.</p>}
        </>
      )}
    </section>
  );
}
