import { useState } from 'react';
import { announce } from '../../ui/announce.ts';
import { Button } from '../../ui/Button.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { ScrollArea } from '../../views/ScrollArea.tsx';
import styles from './Embed.module.css';
import { type Place, placeNotes, places, snippetOf, type Written } from './snippets.ts';

interface SnippetProps {
  written: Written;
  packed: string;
  base: string;
  title: string;
}

/** What to paste, for each kind of page. */
export function Snippet({ written, packed, base, title }: SnippetProps) {
  const [place, setPlace] = useState<Place>('element');
  const text = snippetOf(place, written, packed, base, title);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      announce('The snippet is copied.', { show: true });
    } catch {
      announce('Copying is not allowed here. Mark the text and copy it.', { show: true });
    }
  };
  const content = (
    <>
      <p className={styles.note}>{placeNotes[place]}</p>
      <ScrollArea className={styles.snippet} label="Snippet">
        <pre data-testid="snippet">{text}</pre>
      </ScrollArea>
      <Button kind="primary" onClick={() => void copy()}>
        Copy
      </Button>
    </>
  );
  return (
    <Tabs
      label="Where it goes"
      value={place}
      onChange={setPlace}
      items={places.map((one) => ({ ...one, content: one.value === place ? content : null }))}
    />
  );
}
