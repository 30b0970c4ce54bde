import { useState } from 'react';
import { Link } from 'wouter';
import { writeSequence } from '../../../../src/lab.ts';
import { Button } from '../../../ui/Button.tsx';
import { formatCount } from '../../../ui/format.ts';
import { Select } from '../../../ui/Select.tsx';
import { openingState, writeAddress } from '../microscope/address.ts';
import { GapCourse } from './GapCourse.tsx';
import styles from './Curves.module.css';
import type { CurveLine, CurvesLab, Explanation } from './CurvesLab.ts';

interface WhyDifferProps {
  lab: CurvesLab;
  lines: readonly CurveLine[];
  titles: ReadonlyMap<string, string>;
  at: number;
  explanation: Explanation | null;
}

/** From a gap between two curves to the accesses in which it arises, and on to the microscope. */
export function WhyDiffer({ lab, lines, titles, at, explanation }: WhyDifferProps) {
  const [pair, setPair] = useState<[string, string] | null>(null);
  if (lines.length < 2) return null;
  const present = (id: string) => lines.some(({ policy }) => policy === id);
  const [a, b] = pair?.every(present) === true ? pair : widestPair(lines, at);
  const options = lines.map(({ policy }) => ({ value: policy, label: titles.get(policy) ?? policy }));
  return (
    <section className={styles.block} aria-labelledby="why-differ">
      <h2 id="why-differ">Why do they differ here?</h2>
      <div className={styles.fields}>
        <Select label="This policy" value={a} options={options} onChange={(next) => setPair([next, b])} />
        <Select label="and this one" value={b} options={options} onChange={(next) => setPair([a, next])} />
        <Button disabled={a === b || explanation?.state === 'running'} onClick={() => lab.explain([a, b], at)}>
          Look with room for {formatCount(at)}
        </Button>
      </div>
      {explanation !== null && <Found explanation={explanation} titles={titles} />}
    </section>
  );
}

function Found({ explanation, titles }: { explanation: Explanation; titles: ReadonlyMap<string, string> }) {
  const { policies, sizeEntries, state, found, problem } = explanation;
  const [a, b] = policies.map((id) => titles.get(id) ?? id);
  if (state === 'running') return <output>Both run once more, side by side.</output>;
  if (state === 'failed')
    return (
      <p className={styles.problem} role="alert">
        {problem}
      </p>
    );
  if (found === null)
    return (
      <p>
        With room for {formatCount(sizeEntries)}, {a} and {b} hit on the very same requests.
      </p>
    );
  const { totalHits, from, to, hits, course, small } = found;
  const ahead = hits[0] > hits[1] ? 0 : 1;
  return (
    <>
      <p>
        With room for {formatCount(sizeEntries)}, {a} hits {formatCount(totalHits[0])} times and {b}{' '}
        {formatCount(totalHits[1])} times. The gap opens most between request {formatCount(from + 1)} and{' '}
        {formatCount(to)}: there {ahead === 0 ? a : b} hits {formatCount(hits[ahead])} times and {ahead === 0 ? b : a}{' '}
        {formatCount(hits[1 - ahead])} times.
      </p>
      <GapCourse course={course} from={from} to={to} names={[a, b]} />
      {'refused' in small ? (
        <p>{small.refused}</p>
      ) : (
        <p>
          A few of its keys, and {small.capacityEntries} slots, show the same: {small.hits[0]} hits against{' '}
          {small.hits[1]}.{' '}
          <Link href={microscopeOf(found.names, small, policies)} className={styles.onward}>
            Open these {small.accesses.length} accesses in the microscope
          </Link>
        </p>
      )}
    </>
  );
}

/** Best and worst at this size, Belady aside, which knows what none can. */
function widestPair(lines: readonly CurveLine[], at: number): [string, string] {
  const ranked = lines
    .filter(({ policy }) => policy !== 'belady')
    .map(({ policy, points }) => ({
      policy,
      ratio: points.find(({ sizeEntries }) => sizeEntries === at)?.hitRatio ?? -1,
    }))
    .filter(({ ratio }) => ratio >= 0)
    .sort((x, y) => y.ratio - x.ratio);
  const best = ranked.at(0)?.policy ?? lines[0].policy;
  const lru = ranked.some(({ policy }) => policy === 'lru') && best !== 'lru' ? 'lru' : ranked.at(-1)?.policy;
  return [best, lru ?? lines[1].policy];
}

function microscopeOf(
  names: readonly string[],
  small: { accesses: number[]; capacityEntries: number; seed: number },
  policies: [string, string],
): string {
  const text = writeSequence(small.accesses.map((key) => names[key]));
  const state = { ...openingState(), text, capacity: small.capacityEntries, policies, seed: small.seed };
  return `/lab/microscope?${writeAddress(state)}`;
}
