import { Disclosure } from '../../../ui/Disclosure.tsx';
import type { Microscope } from './useMicroscope.ts';
import styles from './StepTable.module.css';

/** What has come out so far as a table, for reading, searching and copying. */
export function StepTable({ microscope }: { microscope: Microscope }) {
  const { traces, ids, names, at } = microscope;
  return (
    <Disclosure summary="Accesses so far as a table">
      <div className={styles.scroller}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Access</th>
              <th scope="col">Key</th>
              {traces.map(({ policy }) => (
                <th key={policy.id} scope="col">
                  {policy.title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {ids.slice(0, at).map((id, place) => (
              // An access has no other name than its place.
              // oxlint-disable-next-line react/no-array-index-key
              <tr key={place}>
                <td>{place + 1}</td>
                <th scope="row">{names[id]}</th>
                {traces.map(({ policy, steps }) => {
                  const { hit, victim, refused } = steps[place];
                  const end = refused ? 'miss, not kept' : victim >= 0 ? `miss, ${names[victim]} goes` : 'miss';
                  return <td key={policy.id}>{hit ? 'hit' : end}</td>;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Disclosure>
  );
}
