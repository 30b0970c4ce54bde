import { Segmented } from '../ui/Segmented.tsx';
import type { Pace } from './session/SheetAct.ts';

/** How much time a person wants: one setting for the whole sheet. */
export function PaceChoice({ value, onChange }: { value: Pace; onChange: (pace: Pace) => void }) {
  return (
    <Segmented<Pace>
      label="Time for every step"
      value={value}
      options={[
        { value: '1', label: 'Normal' },
        { value: '1.5', label: '1.5×' },
        { value: '2', label: '2×' },
        { value: 'none', label: 'No limit' },
      ]}
      onChange={onChange}
    />
  );
}
