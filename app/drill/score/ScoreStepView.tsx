import { useEffect, useMemo, useRef } from 'react';
import { Link } from 'wouter';
import { scoreSheet, type ScoreStep } from '../../../src/drills.ts';
import { Button } from '../../ui/Button.tsx';
import styles from '../Drill.module.css';
import { RubricForm } from '../RubricForm.tsx';
import { useDrillScores } from '../results.ts';
import { useRoom } from '../room.ts';
import type { Sheet } from '../session/Sheet.ts';
import { Debrief } from './Debrief.tsx';
import { DeckCards } from './DeckCards.tsx';
import { ExportButtons } from './ExportButtons.tsx';
import { Reveal } from './Reveal.tsx';
import { ScoreTable } from './ScoreTable.tsx';
import { nextSeed } from './nextSeed.ts';

/** The end of a drill: three sums apart, floors, what was hidden, and what to take along. */
export function ScoreStepView({ sheet, step }: { sheet: Sheet; step: ScoreStep }) {
  const { role } = useRoom();
  return role === 'candidate' ? <CandidateEnd sheet={sheet} /> : <FullSheet sheet={sheet} step={step} />;
}

function FullSheet({ sheet, step }: { sheet: Sheet; step: ScoreStep }) {
  const { drill, log, role, keepsScore } = useRoom();
  const add = useDrillScores((scores) => scores.add);
  const score = useMemo(() => (sheet.log === undefined ? null : scoreSheet(drill, sheet.log)), [drill, sheet.log]);
  const waits = unjudged(sheet);
  const top = useRef<HTMLDivElement>(null);
  const finish = () => {
    log.act({ do: 'finish', status: 'completed' });
    // The button goes away; what it brought begins with the verdict.
    top.current?.focus();
  };
  useEffect(() => {
    // A sheet that is shown is a sheet that has come to its end, as far as the browser remembers it.
    if (!sheet.finished || !keepsScore || score === null || waits > 0 || sheet.log === undefined) return;
    const { total, max, pass } = score.totals;
    if (max > 0) add(drill.id, { total, max, pass, seed: sheet.seed, at: sheet.log.startedAt });
  }, [sheet.finished, sheet.log, sheet.seed, keepsScore, score, waits, add, drill.id]);
  if (score === null) return null;
  const open = drill.steps
    .flatMap((one) => ('rubric' in one ? one.rubric : []))
    .filter(({ id }) => score.incomplete.includes(id));
  return (
    <>
      {waits > 0 && (
        <p aria-busy="true">
          {waits === 1 ? 'One attempt is' : `${waits} attempts are`} still being judged; the sums will follow.
        </p>
      )}
      <div ref={top} tabIndex={-1} className={styles.scoreTop}>
        <ScoreTable score={score} />
      </div>
      {open.length > 0 && (
        <section className={styles.after}>
          <h3>Still to be scored</h3>
          <p className={styles.quiet}>Until then the sheet is incomplete, which is not the same as failed.</p>
          <RubricForm sheet={sheet} lines={open} by={role === 'solo' ? 'self' : 'interviewer'} />
        </section>
      )}
      <Debrief sheet={sheet} />
      {!sheet.finished ? (
        <p className={styles.acts}>
          <Button kind="primary" onClick={finish}>
            Finish, and show what was hidden
          </Button>
        </p>
      ) : (
        <>
          <Reveal sheet={sheet} step={step} />
          {keepsScore && <DeckCards drill={drill} />}
          <ExportButtons sheet={sheet} />
          {role === 'solo' && <Again sheet={sheet} />}
        </>
      )}
    </>
  );
}

function CandidateEnd({ sheet }: { sheet: Sheet }) {
  return (
    <>
      <p className={styles.prose}>That was it. Your interviewer has the sheet, and scores what you explained.</p>
      <Debrief sheet={sheet} />
      <p className={styles.quiet}>
        If your interviewer sits elsewhere, save the file and send it: it holds what you did, and can be run again to
        the same figures.
      </p>
      <ExportButtons sheet={sheet} />
    </>
  );
}

function Again({ sheet }: { sheet: Sheet }) {
  const { drill, log } = useRoom();
  const again = (seed: number) => {
    const { pace } = sheet.times;
    log.clear();
    log.act({ do: 'begin', seed, interview: false, pace, startedAt: new Date().toISOString() });
    log.act({ do: 'goto', step: drill.steps[0].id });
  };
  return (
    <section className={styles.after}>
      <h3>Once more</h3>
      <p className={styles.quiet}>
        Best some days from now. The same system with another seed: other luck, and predictions that have to be made
        anew.
      </p>
      <p className={styles.acts}>
        <Button kind="primary" onClick={() => again(nextSeed(drill, sheet.seed))}>
          Again with a new seed
        </Button>
        <Link href="/drills">All drills</Link>
      </p>
    </section>
  );
}

function unjudged(sheet: Sheet): number {
  return (
    sheet.log?.attempts.filter(
      ({ step, attempt, outcome }) => outcome === undefined && !sheet.problems.has(`${step}/${attempt}`),
    ).length ?? 0
  );
}
