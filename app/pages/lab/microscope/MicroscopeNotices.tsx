import { useState } from 'react';
import { allPolicies, exampleSequences } from '../../../../src/lab.ts';
import { announce } from '../../../ui/announce.ts';
import { Button } from '../../../ui/Button.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { writeAddress } from './address.ts';
import type { Microscope } from './useMicroscope.ts';
import styles from './MicroscopeNotices.module.css';

/** What could not be read in the link that led here. */
export function LinkProblems({ problems }: { problems: readonly string[] }) {
  return (
    <div className={styles.problems} role="alert">
      <p>
        <b>The link could not be read whole.</b> Everything else is as it says.
      </p>
      <ul>
        {problems.map((problem) => (
          <li key={problem}>{problem}</li>
        ))}
      </ul>
    </div>
  );
}

/** Stands where the policies would, while there is no access. */
export function NothingYet({ microscope }: { microscope: Microscope }) {
  return (
    <div className={styles.nothing}>
      <p>
        No access yet, so nothing to see. Type keys above, such as <code>A B C A D</code>, or begin with one of these:
      </p>
      <ul data-plain="">
        {exampleSequences.slice(0, 6).map(({ id, title, text, capacity, policies }) => (
          <li key={id}>
            <Button
              onClick={() => microscope.act({ do: 'change', kind: '', setup: { text, capacity, policies }, at: 0 })}
            >
              {title}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The place for one more policy. */
export function AddPolicy({ microscope }: { microscope: Microscope }) {
  const { policies, act } = microscope;
  return (
    <label className={styles.add}>
      <span>
        <Icon name="plus" size={16} /> Set another policy beside {policies.length === 1 ? 'it' : 'them'}
      </span>
      <select
        value=""
        onChange={(event) => act({ do: 'change', kind: '', setup: { policies: [...policies, event.target.value] } })}
      >
        <option value="" disabled>
          Choose
        </option>
        {allPolicies
          .filter(({ id }) => !policies.includes(id))
          .map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
      </select>
    </label>
  );
}

/** Copies the address that shows just this. The address bar holds it too. */
export function CopyLink({ microscope }: { microscope: Microscope }) {
  const [copied, setCopied] = useState('');
  const address = `${location.href.split('#')[0]}#/lab/microscope?${writeAddress(microscope)}`;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(address);
      setCopied(address);
      announce('Link copied');
    } catch {
      announce('The browser does not let this page copy. The link stands in the address bar.', { show: true });
    }
  };
  return (
    <Button onClick={() => void copy()}>
      <Icon name={copied === address ? 'check' : 'link'} size={16} />
      {copied === address ? 'Copied' : 'Copy link'}
    </Button>
  );
}
