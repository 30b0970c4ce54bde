import { iconPaths } from './iconPaths.ts';
import styles from './Icon.module.css';

/** The icons there are. */
export type IconName = keyof typeof iconPaths;

/** A 20-unit line drawing in the colour of the text. Always beside words or under a label, so it is hidden from readers. */
export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  const { path, filled } = iconPaths[name];
  return (
    <svg
      className={filled ? styles.filled : styles.line}
      width={size}
      height={size}
      viewBox="0 0 20 20"
      aria-hidden="true"
      focusable="false"
    >
      <path d={path} />
    </svg>
  );
}
