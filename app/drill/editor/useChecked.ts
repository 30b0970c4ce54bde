import { useEffect, useState } from 'react';
import type { Drill } from '../../../src/drills.ts';
import { readDrill } from '../../../src/drills.ts';
import type { ScenarioInput } from '../../../src/index.ts';
import { loadScenario } from '../../content/scenarios.ts';
import { messageOf } from '../messageOf.ts';
import type { TextProblem } from './EditorHandle.ts';

/** What a text came to: the drill, or what is wrong with it. */
export interface Checked {
  /** The last version without problems. */
  drill: Drill | undefined;
  problems: readonly TextProblem[];
  /** Whether the text has been read since it last changed. */
  isCurrent: boolean;
}

const waitMs = 350;
const known = new Map<string, ScenarioInput>();

/** Reads a text shortly after it has come to rest. A drill that reads the same stays the same object. */
export function useChecked(text: string, scenarioIds: readonly string[]): Checked {
  const [checked, setChecked] = useState<Checked & { text: string }>({
    drill: undefined,
    problems: [],
    isCurrent: false,
    text: '',
  });
  useEffect(() => {
    let current = true;
    const timer = setTimeout(() => {
      void check(text, scenarioIds).then((read) => {
        if (!current) return;
        setChecked((before) =>
          'problems' in read
            ? { drill: before.drill, problems: read.problems, isCurrent: true, text }
            : {
                drill: before.drill?.hash === read.drill.hash ? before.drill : read.drill,
                problems: [],
                isCurrent: true,
                text,
              },
        );
      });
    }, waitMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [text, scenarioIds]);
  return { ...checked, isCurrent: checked.text === text && checked.isCurrent };
}

async function check(text: string, ids: readonly string[]): Promise<{ drill: Drill } | { problems: TextProblem[] }> {
  try {
    await fetchNamed(text, ids);
    const read = readDrill(text, 'this drill', { ids, read: (id) => known.get(id) });
    if ('drill' in read) return read;
    return {
      problems: read.problems.map(({ line = 1, column = 1, path, message, nearest }) => ({
        line,
        column,
        message: `${path === '' ? '' : `${path}: `}${message}${nearest === undefined ? '' : ` (did you mean ${nearest}?)`}`,
      })),
    };
  } catch (error) {
    return { problems: [{ line: 1, column: 1, message: messageOf(error) }] };
  }
}

/** The reader wants the scenario at once, so the one that the text names is fetched before. */
async function fetchNamed(text: string, ids: readonly string[]): Promise<void> {
  const named = /^\s+scenario:\s*["']?([a-z0-9][a-z0-9-]*)["']?\s*(?:#.*)?$/m.exec(text)?.[1];
  if (named === undefined || known.has(named) || !ids.includes(named)) return;
  const loaded = await loadScenario(named);
  if (loaded !== undefined) known.set(named, loaded.input);
}
