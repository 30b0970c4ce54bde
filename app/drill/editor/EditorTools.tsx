import { type ChangeEvent, useRef, useState } from 'react';
import { drillIndex } from '../../content/drills.ts';
import { announce } from '../../ui/announce.ts';
import { Button } from '../../ui/Button.tsx';
import { Select } from '../../ui/Select.tsx';
import styles from './DrillEditor.module.css';
import { drillText } from './drillFiles.ts';
import { drillLinkLimits, encodeDrillLink } from './drillLink.ts';
import type { EditorHandle } from './EditorHandle.ts';
import { saveText } from '../saveText.ts';
import { drillTemplate } from './template.ts';

interface EditorToolsProps {
  text: string;
  handle: EditorHandle | undefined;
}

const starts = [
  { value: 'choose', label: 'Start from …' },
  { value: 'new', label: 'A small new drill' },
  ...drillIndex.map(({ id, title }) => ({ value: id, label: title, group: 'A drill of ours' })),
];

/** Where a text comes from and goes to: the template, our drills, a file, a link; and back again. */
export function EditorTools({ text, handle }: EditorToolsProps) {
  const file = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState('');
  const [link, setLink] = useState('');
  const put = (next: string, what: string) => {
    handle?.replace(next);
    setLink('');
    setSaid('');
    announce(`${what} Undo brings the text before it back.`, { show: true });
  };
  const start = async (from: string) => {
    if (from === 'choose') return;
    const chosen = from === 'new' ? drillTemplate : await drillText(from).catch(() => undefined);
    if (chosen === undefined) setSaid('This drill could not be fetched.');
    else put(chosen, 'Put in.');
  };
  const open = async (event: ChangeEvent<HTMLInputElement>) => {
    const [chosen] = event.target.files ?? [];
    event.target.value = '';
    if (chosen === undefined) return;
    const read = chosen.size > drillLinkLimits.unpackedBytes ? undefined : await chosen.text().catch(() => undefined);
    if (read === undefined) setSaid('This file is larger than a drill may be, or it cannot be read.');
    else put(read, 'File put in.');
  };
  const share = async () => {
    try {
      const packed = await encodeDrillLink(text);
      const address = `${location.href.split('#', 1)[0]}#/drills/edit?d=${packed}`;
      setLink(address);
      const size = `${address.length.toLocaleString('en-GB').replaceAll(',', '\u202f')} characters`;
      const isCopied = await navigator.clipboard.writeText(address).then(
        () => true,
        () => false,
      );
      setSaid(
        isCopied
          ? `Link copied: ${size}. Solutions are in it.`
          : `The link has ${size}. Solutions are in it. Copy it from here:`,
      );
    } catch (error) {
      setSaid(error instanceof RangeError ? error.message : 'The link could not be made.');
    }
  };
  return (
    <div className={styles.tools}>
      <div className={styles.buttons}>
        <Select label="Start from" hideLabel value="choose" options={starts} onChange={(from) => void start(from)} />
        <Button onClick={() => file.current?.click()}>Open a file</Button>
        <input
          ref={file}
          type="file"
          accept=".yaml,.yml,.json"
          className={styles.file}
          tabIndex={-1}
          aria-label="File of a drill"
          onChange={(event) => void open(event)}
        />
        <Button onClick={() => saveText(text, `${idIn(text)}.drill.yaml`, 'application/yaml')}>Save as a file</Button>
        <Button onClick={() => void share()}>Share as a link</Button>
        <Button onClick={() => handle?.undo()}>Undo</Button>
        <Button onClick={() => handle?.redo()}>Redo</Button>
      </div>
      <output className={styles.said}>{said}</output>
      {link !== '' && (
        <input
          className={styles.link}
          aria-label="Link to this drill"
          readOnly
          value={link}
          onFocus={(event) => event.target.select()}
        />
      )}
    </div>
  );
}

function idIn(text: string): string {
  return /^id:\s*["']?([a-z0-9][a-z0-9-]{0,59})/m.exec(text)?.[1] ?? 'my-drill';
}
