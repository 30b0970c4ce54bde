import type { ButtonHTMLAttributes, ReactNode } from 'react';
import styles from './Button.module.css';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** primary: the one thing to do; quiet: all others; round: the filled circle of the transport; text: in a line of words. */
  kind?: 'primary' | 'quiet' | 'round' | 'text';
  children: ReactNode;
}

/** A button with words. For one that shows only an icon, use `IconButton`. */
export function Button({ kind = 'quiet', className, children, ...rest }: ButtonProps) {
  return (
    <button type="button" className={[styles.button, styles[kind], className].filter(Boolean).join(' ')} {...rest}>
      {children}
    </button>
  );
}
