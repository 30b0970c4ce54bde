import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { decodeLink } from '../../share/link.ts';
import { stageOptionsOf } from '../../share/moment.ts';
import type { Stage, StageOptions } from '../../stage/Stage.ts';
import type { Patch } from '../../stage/StageState.ts';
import { prefersCalm, useScenario, useStage } from '../../stage/useStage.ts';
import type { EmbedParameters } from '../parameters.ts';
import { type Embedded, useUnit } from '../Embedded.ts';
import { Refused } from '../Refused.tsx';
import { useLockStep } from '../session/useLockStep.ts';
import { virtualUs } from '../virtualTime.ts';
import { SimPanels } from './SimPanels.tsx';
import { SimUnit, stageCommands } from './SimUnit.ts';

interface SimEmbedProps {
  id: string;
  embedded: Embedded;
}

/** A scenario of the library as an embed: a stage, and under it what the address asks for. */
export function SimEmbed({ id, embedded }: SimEmbedProps) {
  const loaded = useScenario(id);
  const { values, packed } = embedded.parameters;
  const [moment, setMoment] = useState<StageOptions | null>(null);
  const [waiting, setWaiting] = useState(packed !== '');
  const { warn } = embedded;

  useEffect(() => {
    if (packed === '') return;
    void readPacked(packed).then((options) => {
      if ('problem' in options) warn('state', `${options.problem} The scenario is shown from its beginning instead.`);
      else setMoment({ ...options, playing: starts(values) });
      setWaiting(false);
    });
  }, [packed, values, warn]);

  const options = useMemo(() => {
    if (moment !== null) return moment;
    if (waiting || loaded === null || 'problem' in loaded) return null;
    const { clock, view } = loaded.scenario;
    const patch: Patch = Object.fromEntries(values.preset);
    return {
      ...loaded,
      patch,
      seed: values.seed,
      isFigure: true,
      atUs: values.at === undefined ? undefined : virtualUs(values.at, clock),
      playing: starts(values),
      speed: values.speed ?? view.speed,
    } satisfies StageOptions;
  }, [moment, waiting, loaded, values]);

  const stage = useStage(options);
  if (moment === null && loaded !== null && 'problem' in loaded) return <Refused text={loaded.problem} />;
  if (stage === null)
    return (
      <output
        style={{ display: 'block', minHeight: 240 }}
        aria-busy="true"
        aria-label="The simulation is being loaded"
      />
    );
  return <Running stage={stage} embedded={embedded} open={setMoment} startUs={options?.atUs} />;
}

interface RunningProps {
  stage: Stage;
  embedded: Embedded;
  open: (options: StageOptions) => void;
  /** The moment that is shown first, where it is not the scenario's own. */
  startUs: number | undefined;
}

function Running({ stage, embedded, open, startUs }: RunningProps) {
  const { values } = embedded.parameters;
  const opened = useRef(open);
  const reopen = useCallback((options: StageOptions) => opened.current({ ...options, playing: false }), []);
  const openAsIs = useCallback((options: StageOptions) => opened.current(options), []);
  const make = useCallback(() => new SimUnit(stage, embedded.outlet, reopen), [stage, embedded.outlet, reopen]);
  const { input, scenarios } = stage.store.getState();
  const isThere = useArrival(stage, startUs ?? scenarios[0]?.view.at ?? 0);
  useUnit(
    embedded,
    make,
    {
      kind: 'sim',
      id: input.id,
      title: input.title,
      steps: 1,
      duration: scenarios[0]?.duration ?? null,
      does: stageCommands,
    },
    isThere,
  );
  useLockStep(stage, values.session, isThere, openAsIs);
  useEnd(stage, values.until);
  return <SimPanels stage={stage} values={values} />;
}

/** Whether the first moment is worked out: before that there is nothing that a host could ask about. */
function useArrival(stage: Stage, startUs: number): boolean {
  const [arrived, setArrived] = useState<Stage | null>(null);
  useEffect(() => {
    void stage.whenKnown(startUs).then(() => setArrived(stage));
  }, [stage, startUs]);
  return arrived === stage;
}

/** Stops the run at a moment, once. */
function useEnd(stage: Stage, until: string | undefined): void {
  useEffect(() => {
    const endUs = until === undefined ? undefined : virtualUs(until, stage.store.getState().scenarios[0]?.clock);
    if (endUs === undefined) return undefined;
    return stage.playhead.subscribe((atUs) => {
      if (atUs <= endUs || !stage.store.getState().playing) return;
      stage.pause();
      stage.seek(endUs);
    });
  }, [stage, until]);
}

function starts({ autoplay }: EmbedParameters): boolean {
  return autoplay && !prefersCalm();
}

async function readPacked(packed: string): Promise<StageOptions | { problem: string }> {
  const decoded = await decodeLink(packed);
  return 'ok' in decoded ? stageOptionsOf(decoded.ok) : { problem: decoded.error };
}
