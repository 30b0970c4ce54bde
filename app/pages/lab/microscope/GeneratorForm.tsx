import { useId, useState } from 'react';
import { type GeneratorKind, generateSequence, generatorKinds, writeSequence } from '../../../../src/lab.ts';
import { Button } from '../../../ui/Button.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { Select } from '../../../ui/Select.tsx';
import styles from './SequenceEditor.module.css';

const lengths = [20, 40, 80, 200];
const keyCounts = [6, 8, 12, 20, 26];
const option = (value: number) => ({ value: String(value), label: String(value) });

/** A sequence by recipe: what kind, how long, of how many keys, from which seed. Every change makes it anew. */
export function GeneratorForm({ onMade }: { onMade: (text: string) => void }) {
  const id = useId();
  const [settings, setSettings] = useState({ kind: 'zipf' as GeneratorKind, seed: 1, count: 40, keys: 12 });
  const make = (change: Partial<typeof settings>) => {
    const next = { ...settings, ...change };
    setSettings(next);
    onMade(writeSequence(generateSequence(next)));
  };
  const { kind, seed, count, keys } = settings;
  return (
    <div className={styles.generator}>
      <Select
        label="Kind"
        value={kind}
        options={generatorKinds.map((one) => ({ value: one.id, label: one.title }))}
        onChange={(value) => make({ kind: value })}
      />
      <Select
        label="Accesses"
        value={String(count)}
        options={lengths.map(option)}
        onChange={(value) => make({ count: Number(value) })}
      />
      <Select
        label="Keys"
        value={String(keys)}
        options={keyCounts.map(option)}
        onChange={(value) => make({ keys: Number(value) })}
      />
      <div className={styles.seed}>
        <label htmlFor={id}>Seed</label>
        <input
          id={id}
          type="number"
          min={0}
          max={4_294_967_295}
          value={seed}
          onChange={(event) => {
            const next = event.target.valueAsNumber;
            if (Number.isInteger(next) && next >= 0 && next <= 4_294_967_295) make({ seed: next });
          }}
        />
      </div>
      <Button onClick={() => make({ seed: (seed + 1) % 4_294_967_296 })}>
        <Icon name="dice" size={16} />
        Another
      </Button>
      <Button kind="primary" onClick={() => make({})}>
        Make it
      </Button>
      <p className={styles.note}>{generatorKinds.find((one) => one.id === kind)?.text}</p>
    </div>
  );
}
