import { Tabs as BaseTabs } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';
import styles from './Tabs.module.css';

/** One tab and what it opens. */
export interface TabItem<T extends string> {
  value: T;
  title: ReactNode;
  content: ReactNode;
}

interface TabsProps<T extends string> {
  /** What the tabs are of; spoken. */
  label: string;
  items: readonly TabItem<T>[];
  value: T;
  onChange: (value: T) => void;
  className?: string;
}

/** Tabs with the hairline below and the accent under the one that is open. Arrow keys move, and open as they move. */
export function Tabs<T extends string>({ label, items, value, onChange, className }: TabsProps<T>) {
  return (
    <BaseTabs.Root className={className} value={value} onValueChange={(next: T) => onChange(next)}>
      <BaseTabs.List className={styles.list} aria-label={label} activateOnFocus>
        {items.map((item) => (
          <BaseTabs.Tab key={item.value} value={item.value} className={styles.tab}>
            {item.title}
          </BaseTabs.Tab>
        ))}
      </BaseTabs.List>
      {items.map((item) => (
        <BaseTabs.Panel key={item.value} value={item.value} className={styles.panel}>
          {item.content}
        </BaseTabs.Panel>
      ))}
    </BaseTabs.Root>
  );
}
