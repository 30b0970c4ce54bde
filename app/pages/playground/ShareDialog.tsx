import { useState } from 'react';
import { Link } from 'wouter';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import styles from './Playground.module.css';

/** The link to this moment, to copy. Open while there is an address. */
export function ShareDialog({ address, onClose }: { address: string; onClose: () => void }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(address);
      setCopied(true);
    } catch {
      setCopied(false);
    }
  };
  const close = () => {
    setCopied(false);
    onClose();
  };
  return (
    <Dialog
      open={address !== ''}
      title="Share this moment"
      onClose={close}
      actions={
        <>
          <Link href={embedPath(address)} onClick={close}>
            Embed this moment
          </Link>
          <Button kind="primary" onClick={() => void copy()}>
            {copied ? 'Copied' : 'Copy link'}
          </Button>
        </>
      }
    >
      <p>Whoever opens this sees the same run, the same settings and acts, paused at the same microsecond.</p>
      <label className={styles.address}>
        Link
        <input
          type="text"
          readOnly
          value={address}
          onFocus={(event) => event.currentTarget.select()}
          data-testid="share-link"
        />
      </label>
    </Dialog>
  );
}

/** The page that puts together a snippet for the moment of a link. */
function embedPath(address: string): string {
  const [, id = 'home', packed = ''] = /#\/play\/([^?]*)\?s=(.*)$/.exec(address) ?? [];
  return `/embed?sim=${id}&s=${packed}`;
}
