// @vitest-environment happy-dom
import { act } from 'react';
import { createPortal } from 'react-dom';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type InterveneStep, readDrill } from '../../../src/drills.ts';
import { smallDrill } from '../../../src/drill/smallDrill.ts';
import { type Room, RoomContext, useSheet } from '../room.ts';
import { attemptsAt } from '../session/Sheet.ts';
import { SheetLog } from '../session/SheetLog.ts';
import { AttemptBench } from './AttemptBench.tsx';

// The stage needs a worker and a canvas; where it and its charts stand is what counts here.
vi.mock('../DrillStage.tsx', () => ({
  DrillStage: ({ chartsAt }: { chartsAt: HTMLElement | null }) => {
    const charts = <div data-part="charts" />;
    return (
      <div data-part="stage">
        <p data-part="system" />
        {chartsAt === null ? charts : createPortal(charts, chartsAt)}
      </div>
    );
  },
}));

let root: Root;
let measured: (width: number) => Promise<void>;
let log: SheetLog;
let step: InterveneStep;

function Bench() {
  const sheet = useSheet();
  const attempts = attemptsAt(sheet, step.id);
  return <AttemptBench sheet={sheet} step={step} attempts={attempts} isRunning={attempts.length > 0} isDone={false} />;
}

beforeEach(async () => {
  (globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
  const read = readDrill(smallDrill, 'small-rush.drill.yaml');
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  const { drill } = read;
  const task = drill.steps.find(({ kind }) => kind === 'intervene');
  if (task?.kind !== 'intervene') throw new Error('no task');
  step = task;
  const storage = { getItem: () => null, setItem: () => undefined, removeItem: () => undefined };
  log = new SheetLog({ role: 'solo', hash: drill.hash, name: 'n', storage, nowMs: () => 0 });
  log.act({ do: 'begin', seed: 7, interview: false, pace: '1', startedAt: new Date(0).toISOString() });
  log.act({ do: 'goto', step: step.id });
  const observed: ((entries: unknown[]) => void)[] = [];
  vi.stubGlobal(
    'ResizeObserver',
    class {
      constructor(hear: (entries: unknown[]) => void) {
        observed.push(hear);
      }
      observe() {}
      disconnect() {}
    },
  );
  measured = (width) => act(async () => observed.forEach((hear) => hear([{ contentRect: { width } }])));
  root = createRoot(document.body.appendChild(document.createElement('div')));
  const room = { drill, role: 'solo', session: '', log } as unknown as Room;
  await act(async () =>
    root.render(
      <RoomContext value={room}>
        <Bench />
      </RoomContext>,
    ),
  );
});

afterEach(async () => {
  await act(async () => root.unmount());
  document.body.replaceChildren();
  vi.unstubAllGlobals();
});

/** The parts in the order in which they are read and tabbed through. */
function order(): string[] {
  const found = document.querySelectorAll('[data-part=system], [data-part=charts], legend, button');
  const names = [...found].map((part) => part.getAttribute('data-part') ?? part.textContent ?? '');
  return names.filter((name) => /^(system|charts|What you may change|Run attempt \d of \d)$/.test(name));
}

it('where there is room the settings come first, beside the system with its charts', async () => {
  await measured(1000);
  expect(order()).toEqual(['What you may change', 'Run attempt 1 of 2', 'system', 'charts']);
});

it('on a phone the system is seen first, then what may be turned, then the way to run it; charts come last', async () => {
  await measured(358);
  expect(order()).toEqual(['system', 'What you may change', 'Run attempt 1 of 2', 'charts']);
});

it('a stage is the same one when the place becomes narrow, and what is turned while it runs is said before the knobs', async () => {
  await measured(1000);
  await act(async () => log.act({ do: 'attempt', step: step.id, n: 1, set: {} }));
  const stage = document.querySelector('[data-part=stage]');
  await measured(358);
  expect(document.querySelector('[data-part=stage]')).toBe(stage);
  expect(order()).toEqual(['system', 'What you may change', 'charts']);
  const text = document.body.textContent ?? '';
  expect(text.indexOf('acts from this moment on')).toBeGreaterThan(-1);
  expect(text.indexOf('acts from this moment on')).toBeLessThan(text.indexOf('What you may change'));
});
