import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { capacityLimits, exampleSequences, type SequenceProblem } from '../../../../src/lab.ts';
import { Button } from '../../../ui/Button.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Select } from '../../../ui/Select.tsx';
import { GeneratorForm } from './GeneratorForm.tsx';
import type { Microscope } from './useMicroscope.ts';
import styles from './SequenceEditor.module.css';

/** Where the sequence comes from: typed, picked or generated; and how many slots the cache has. */
export function SequenceEditor({ microscope }: { microscope: Microscope }) {
  const { text, capacity, policies, act, canUndo, canRedo } = microscope;
  const [generating, setGenerating] = useState(false);
  const example = exampleSequences.find((one) => one.text === text && one.capacity === capacity);
  return (
    <section className={styles.editor} aria-label="Sequence and size">
      <SequenceField microscope={microscope} />
      <div className={styles.tools}>
        <Select
          label="Example"
          value={example?.id ?? 'own'}
          options={[
            ...(example ? [] : [{ value: 'own', label: 'Your own' }]),
            ...exampleSequences.map(({ id, title }) => ({ value: id, label: title })),
          ]}
          onChange={(id) => {
            const chosen = exampleSequences.find((one) => one.id === id);
            if (chosen === undefined) return;
            const setup = { text: chosen.text, capacity: chosen.capacity, policies: chosen.policies };
            act({ do: 'change', kind: '', setup, at: 0 });
          }}
        />
        <Capacity
          value={capacity}
          onChange={(next) => act({ do: 'change', kind: 'capacity', setup: { capacity: next } })}
        />
        <div className={styles.buttons}>
          <Button aria-pressed={generating} onClick={() => setGenerating(!generating)}>
            Generate
          </Button>
          <IconButton icon="undo" label="Undo" disabled={!canUndo} onClick={() => act({ do: 'undo' })} />
          <IconButton icon="redo" label="Redo" disabled={!canRedo} onClick={() => act({ do: 'redo' })} />
        </div>
      </div>
      {generating && (
        <GeneratorForm onMade={(made) => act({ do: 'change', kind: 'generated', setup: { text: made }, at: 0 })} />
      )}
      {example && (
        <p className={styles.look}>
          <b>Look for:</b> {example.look}
          {example.policies.join() !== policies.join() && (
            <>
              {' '}
              <Button
                kind="text"
                onClick={() => act({ do: 'change', kind: '', setup: { policies: example.policies } })}
              >
                Set its policies side by side again
              </Button>
            </>
          )}
        </p>
      )}
    </section>
  );
}

function SequenceField({ microscope }: { microscope: Microscope }) {
  const { text, problem, ids, names, act } = microscope;
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    // The browser's own undo knows nothing of examples and generated sequences.
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    if (key !== 'z' && key !== 'y') return;
    event.preventDefault();
    act({ do: key === 'y' || event.shiftKey ? 'redo' : 'undo' });
  };
  const counts = `${ids.length} ${ids.length === 1 ? 'access' : 'accesses'}, ${names.length} ${names.length === 1 ? 'key' : 'keys'}`;
  return (
    <div className={styles.field}>
      <label htmlFor={id}>Sequence of accesses</label>
      <textarea
        id={id}
        ref={field}
        className={styles.text}
        rows={Math.min(6, Math.max(2, Math.ceil(text.length / 90)))}
        value={text}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        aria-invalid={problem !== null}
        aria-describedby={`${id}-help`}
        onKeyDown={onKeyDown}
        onChange={(event) => act({ do: 'change', kind: 'typing', setup: { text: event.target.value } })}
      />
      <div id={`${id}-help`} className={styles.help}>
        <output data-testid="counts">{ids.length === 0 ? 'No access yet' : counts}</output>
        {problem === null ? (
          <span>
            Capitals one by one, as in <code>ABCA</code>; else spaces between keys. <code>A-E</code> is a range,{' '}
            <code>(ABC)x3</code> a repeat.
          </span>
        ) : (
          <Problem
            problem={problem}
            text={text}
            onShow={() => {
              field.current?.focus();
              field.current?.setSelectionRange(problem.at, problem.at + problem.length);
            }}
          />
        )}
      </div>
    </div>
  );
}

interface ProblemProps {
  problem: SequenceProblem;
  text: string;
  onShow: () => void;
}

/** Characters of the text shown on either side of what is wrong. */
const around = 10;

function Problem({ problem, text, onShow }: ProblemProps) {
  const { at, length } = problem;
  const end = at + Math.min(length, 2 * around);
  return (
    <output className={styles.problem}>
      <button type="button" className={styles.place} onClick={onShow} title="Select it in the text">
        {at > around && '…'}
        {text.slice(Math.max(0, at - around), at)}
        <mark>{text.slice(at, end)}</mark>
        {text.slice(end, end + around)}
        {end + around < text.length && '…'}
      </button>
      <span>
        At character {at + 1}: {problem.text} {problem.remedy}
      </span>
    </output>
  );
}

function Capacity({ value, onChange }: { value: number; onChange: (value: number) => void }) {
  const id = useId();
  const { least, most } = capacityLimits;
  return (
    <div className={styles.capacity}>
      <label htmlFor={id}>Slots</label>
      <div className={styles.stepper}>
        <Button aria-label="One slot less" disabled={value <= least} onClick={() => onChange(value - 1)}>
          −
        </Button>
        <input
          id={id}
          type="number"
          min={least}
          max={most}
          value={value}
          onChange={(event) => {
            const next = event.target.valueAsNumber;
            if (Number.isInteger(next) && next >= least && next <= most) onChange(next);
          }}
        />
        <Button aria-label="One slot more" disabled={value >= most} onClick={() => onChange(value + 1)}>
          +
        </Button>
      </div>
    </div>
  );
}
