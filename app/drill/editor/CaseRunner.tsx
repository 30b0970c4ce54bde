import { useEffect, useRef, useState } from 'react';
import { type CaseResult, type Drill, type PlannedTest, plannedTests } from '../../../src/drills.ts';
import { announce } from '../../ui/announce.ts';
import { Button } from '../../ui/Button.tsx';
import { formatNumber } from '../../ui/format.ts';
import { DrillJudge } from '../judge/DrillJudge.ts';
import { messageOf } from '../messageOf.ts';
import { sayPoints } from '../words.ts';
import styles from './DrillEditor.module.css';

interface CaseRunnerProps {
  /** The last version of the drill without problems. */
  drill: Drill | undefined;
  /** Whether the text as it stands is that drill. */
  isCurrent: boolean;
}

/** What the drill's own tests came to, and of which version. */
type Outcome = { hash: string } & ({ cases: readonly CaseResult[] } | { problem: string });

/**
 * Runs the drill's own tests in a worker: the system is steady, doing nothing fails, every solution passes on every seed, and
 * the scripted learners of `ci` come out as the script expects.
 */
export function CaseRunner({ drill, isCurrent }: CaseRunnerProps) {
  const judge = useRef<DrillJudge | null>(null);
  const [tests, setTests] = useState<readonly PlannedTest[] | null>(null);
  const [done, setDone] = useState(0);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const stop = () => {
    judge.current?.close();
    judge.current = null;
    setTests(null);
  };
  useEffect(() => () => judge.current?.close(), []);
  const run = async (tested: Drill) => {
    const own = new DrillJudge(tested);
    judge.current = own;
    setOutcome(null);
    setDone(0);
    setTests(plannedTests(tested));
    let found: Outcome;
    try {
      found = { hash: tested.hash, cases: await own.cases(setDone) };
    } catch (error) {
      found = { hash: tested.hash, problem: messageOf(error) };
    }
    // Whoever cancels may have begun anew already.
    if (judge.current !== own) return;
    stop();
    setOutcome(found);
    announce(said(found));
  };
  const cancel = () => {
    stop();
    announce('Cancelled.');
  };
  return (
    <section className={styles.cases} aria-label="The drill’s own tests">
      <div className={styles.buttons}>
        <Button
          disabled={tests === null && (drill === undefined || !isCurrent)}
          onClick={() => (tests !== null ? cancel() : drill !== undefined && void run(drill))}
        >
          {tests !== null ? 'Cancel the tests' : 'Run its own tests'}
        </Button>
        {tests !== null ? (
          <Waiting tests={tests} done={done} />
        ) : (
          outcome === null && (
            <span className={styles.hint}>Doing nothing, every solution on every seed, and the learners under ci.</span>
          )
        )}
      </div>
      {outcome !== null && <Results outcome={outcome} isOld={!isCurrent || outcome.hash !== drill?.hash} />}
    </section>
  );
}

/** Which test runs, of how many, and how long they have been going on: a drill with many seeds takes a minute. */
function Waiting({ tests, done }: { tests: readonly PlannedTest[]; done: number }) {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => before + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  const now = tests[done];
  return (
    <span className={styles.hint}>
      {now === undefined ? (
        `${tests.length} of ${tests.length} are done`
      ) : (
        <>
          <b>
            Test {done + 1} of {tests.length}
          </b>
          : {now.name}, seed {formatNumber(now.seed)}
        </>
      )}
      , {seconds} s. Go on writing if you like.
    </span>
  );
}

function Results({ outcome, isOld }: { outcome: Outcome; isOld: boolean }) {
  return (
    <>
      <p className={failedIn(outcome) > 0 ? styles.wrong : styles.fine}>{said(outcome)}</p>
      {isOld && <p className={styles.hint}>This was an earlier version of the text.</p>}
      {'cases' in outcome && (
        <ol data-plain="" className={styles.caseList} aria-label="Results of the tests">
          {outcome.cases.map((one) => (
            <CaseLine key={`${one.name} ${one.seed}`} one={one} />
          ))}
        </ol>
      )}
    </>
  );
}

function CaseLine({ one: { name, seed, failures, total, checks } }: { one: CaseResult }) {
  const isFine = failures.length === 0;
  const outcomes = Object.entries(checks).map(([id, status]) => `${id} ${status}`);
  return (
    <li data-fine={isFine}>
      <span className={styles.caseMark} aria-hidden="true">
        {isFine ? '✓' : '✕'}
      </span>
      <div>
        <p>
          <b>{isFine ? 'Passes' : 'Fails'}</b>: {name}{' '}
          <span className={styles.hint}>
            seed {formatNumber(seed)}
            {name.startsWith('case: ') && `, ${sayPoints(total)}`}
            {outcomes.length > 0 && ` · ${outcomes.join(', ')}`}
          </span>
        </p>
        {failures.map((failure) => (
          <p key={failure} className={styles.reason}>
            {failure}
          </p>
        ))}
      </div>
    </li>
  );
}

function failedIn(outcome: Outcome): number {
  return 'problem' in outcome ? 1 : outcome.cases.filter(({ failures }) => failures.length > 0).length;
}

function said(outcome: Outcome): string {
  if ('problem' in outcome) return `The tests could not be run: ${outcome.problem}`;
  const count = outcome.cases.length;
  const failed = failedIn(outcome);
  const tests = count === 1 ? '1 test' : `${count} tests`;
  return failed === 0 ? `${tests}: all pass.` : `${failed} of ${tests} ${failed === 1 ? 'fails' : 'fail'}.`;
}
