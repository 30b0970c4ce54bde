import { useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import type { FigureMedian } from '../../../src/index.ts';
import { type ExperimentEntry, loadExperiment } from '../../content/experiments.ts';
import { loadScenario } from '../../content/scenarios.ts';
import type { ExperimentClient, MeasureJob, Measurement } from '../../engine/ExperimentClient.ts';
import { Button } from '../../ui/Button.tsx';
import { MeaningMark } from '../../ui/MeaningMark.tsx';
import styles from './ExperimentRow.module.css';
import { figureText } from './figureText.ts';

interface ExperimentRowProps {
  experiment: ExperimentEntry;
  client: ExperimentClient;
  /** The address names this one. */
  named: boolean;
  onStatus: (id: string, status: string) => void;
}

/** One experiment: the claim, the documents' figure, ours measured here and now, theory's, and the way to see it happen. */
export function ExperimentRow({ experiment, client, named, onStatus }: ExperimentRowProps) {
  const row = useRef<HTMLLIElement>(null);
  const [measurement, setMeasurement] = useState<Measurement | null>(null);
  const [, navigate] = useLocation();
  const [problem, setProblem] = useState('');
  const { id } = experiment;
  const status = statusOf(experiment, measurement);
  useEffect(() => onStatus(id, status.id), [id, status.id, onStatus]);
  useEffect(() => {
    if (!named) return undefined;
    // The arrival at a page puts it at its top first.
    const timer = setTimeout(() => row.current?.scrollIntoView({ block: 'start' }), 60);
    return () => clearTimeout(timer);
  }, [named]);
  useMeasureWhenSeen(row, named, () => client.measure(() => jobOf(experiment, 1), setMeasurement, named));
  const open = async () => {
    try {
      const loaded = await loadExperiment(id);
      if (loaded === undefined) return;
      // What carries the schema is fetched when it is needed, and not with the list.
      const { lanesAddress } = await import('./openLanes.ts');
      navigate(await lanesAddress(loaded, measurement?.runs[0]?.seed ?? 1));
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  const { verdict } = measurement ?? { verdict: null };
  return (
    <li ref={row} id={`experiment-${id}`} className={styles.row} data-named={named} data-status={status.id}>
      <div className={styles.said}>
        <h3>
          <a href={`#/experiments/${id}`} className={styles.link}>
            {experiment.title}
          </a>
        </h3>
        <p className={styles.claim}>{experiment.claim}</p>
        <p className={styles.from}>
          {experiment.claims.join(', ')} · {experiment.sources.length === 1 ? 'document' : 'documents'}{' '}
          {experiment.sources.join(', ')}
        </p>
      </div>
      <dl className={styles.figures}>
        <Figure title="Documents" figures={null} text={experiment.document ?? '–'} />
        <Figure title="Here" figures={verdict?.ours ?? null} text={status.id === 'failed' ? '–' : '…'} />
        <Figure title="Theory" figures={verdict?.theory ?? null} text={verdict === null ? '…' : '–'} />
      </dl>
      <div className={styles.acts}>
        <p className={styles.status} data-status={status.id}>
          {status.mark !== null && <MeaningMark is={status.mark} size={10} />} {status.text}
        </p>
        <Button onClick={() => void open()}>See it happen</Button>
        <Button
          kind="text"
          disabled={measurement?.state === 'waiting' || measurement?.state === 'running'}
          onClick={() => client.measure(() => jobOf(experiment, 20), setMeasurement, true)}
        >
          Measure on all seeds
        </Button>
      </div>
      {experiment.corrected !== undefined && (
        <p className={styles.corrected}>
          <strong>Said right:</strong> {experiment.corrected}
        </p>
      )}
      {(problem || measurement?.problem) && (
        <p className={styles.problem} role="alert">
          {problem || measurement?.problem}
        </p>
      )}
      {measurement !== null && measurement.runs.length > 0 && <Checks measurement={measurement} />}
    </li>
  );
}

function Figure({ title, figures, text }: { title: string; figures: readonly FigureMedian[] | null; text: string }) {
  return (
    <div className={styles.figure}>
      <dt>{title}</dt>
      {figures === null || figures.length === 0 ? (
        <dd>{text}</dd>
      ) : (
        figures.map((figure) => (
          <dd key={figure.label + figure.text}>
            {figureText(figure)}
            {figure.label !== '' && <span> {figure.label}</span>}
          </dd>
        ))
      )}
    </div>
  );
}

function Checks({ measurement }: { measurement: Measurement }) {
  const { runs } = measurement;
  const [first] = runs;
  return (
    <details className={styles.checks}>
      <summary>
        {first.results.length === 1 ? 'One check' : `${first.results.length} checks`},{' '}
        {runs.length === 1 ? 'seed' : 'seeds'} {runs.map(({ seed }) => seed).join(', ')}
      </summary>
      <ul data-plain="">
        {first.results.map((result, index) => (
          <li key={result.text}>
            <code>{result.text}</code>
            <p>{worstOf(runs.map((run) => run.results[index]))}</p>
            <p className={styles.why}>{result.why}</p>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** What is said of one check: the first seed on which it does not hold, or what the first seed gave. */
function worstOf(results: readonly { status: string; message: string }[]): string {
  return (results.find(({ status }) => status !== 'pass') ?? results[0]).message;
}

type Status = { id: string; text: string; mark: 'hit' | 'error' | 'stale' | null };

function statusOf(experiment: ExperimentEntry, measurement: Measurement | null): Status {
  if (measurement === null) return { id: 'unmeasured', text: 'not measured yet', mark: null };
  if (measurement.state === 'waiting') return { id: 'waiting', text: 'waits for its turn', mark: null };
  if (measurement.state === 'running') return { id: 'running', text: 'being measured', mark: null };
  if (measurement.state === 'failed') return { id: 'failed', text: 'could not be measured', mark: 'error' };
  const seeds = measurement.runs.length === 1 ? '1 seed' : `${measurement.runs.length} seeds`;
  switch (measurement.verdict?.status) {
    case 'holds':
      return { id: 'holds', text: `holds, ${seeds}`, mark: 'hit' };
    case 'corrected':
      return { id: 'corrected', text: `another figure, ${seeds}`, mark: 'stale' };
    default:
      return { id: 'fails', text: `does not hold: ${experiment.id}`, mark: 'error' };
  }
}

async function jobOf({ id, scenario }: ExperimentEntry, seeds: number): Promise<MeasureJob> {
  const [loaded, library] = await Promise.all([
    loadExperiment(id),
    scenario === undefined ? undefined : loadScenario(scenario),
  ]);
  if (loaded === undefined) throw new Error(`There is no experiment called “${id}”.`);
  return { input: loaded.input, scenario: library?.input, seeds };
}

/** Starts once the row has come on screen; takes the wish back when it leaves before its turn. */
function useMeasureWhenSeen(row: React.RefObject<HTMLElement | null>, named: boolean, start: () => () => void): void {
  const begin = useRef(start);
  useEffect(() => {
    const element = row.current;
    if (element === null) return undefined;
    // The one that the address names is wanted wherever it stands.
    if (named) {
      begin.current();
      return undefined;
    }
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      begin.current();
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [row, named]);
}
