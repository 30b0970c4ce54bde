import { allPolicies } from '../../../../src/lab.ts';
import { CurveSwatch } from './CurveSwatch.tsx';
import styles from './PolicyChoice.module.css';

interface PolicyChoiceProps {
  chosen: readonly string[];
  onChange: (chosen: readonly string[]) => void;
}

const groups = [
  { title: 'Policies', members: allPolicies.filter(({ id }) => !id.startsWith('redis-') && id !== 'ttl-only') },
  { title: 'Redis', members: allPolicies.filter(({ id }) => id.startsWith('redis-')) },
];

/** Which curves are drawn. Each brings its line as it is in the chart. */
export function PolicyChoice({ chosen, onChange }: PolicyChoiceProps) {
  return groups.map(({ title, members }) => (
    <fieldset key={title} className={styles.group}>
      <legend>{title}</legend>
      {members.map(({ id, title: name, summary }) => (
        <label key={id} className={styles.choice} title={summary}>
          <input
            type="checkbox"
            checked={chosen.includes(id)}
            onChange={(event) => onChange(event.target.checked ? [...chosen, id] : chosen.filter((one) => one !== id))}
          />
          <CurveSwatch policy={id} />
          <span>{name.replace(/^Redis /, '')}</span>
        </label>
      ))}
    </fieldset>
  ));
}
