import type { ButtonHTMLAttributes } from 'react';
import styles from './Button.module.css';
import { Icon, type IconName } from './Icon.tsx';

interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children'> {
  icon: IconName;
  /** What it does; spoken, and shown by the browser on hover. */
  label: string;
  /** round: filled, for play and pause. */
  kind?: 'icon' | 'round';
}

/** A square button that shows an icon and says its label. */
export function IconButton({ icon, label, kind = 'icon', className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={[styles.button, styles[kind], className].filter(Boolean).join(' ')}
      {...rest}
    >
      <Icon name={icon} />
    </button>
  );
}
