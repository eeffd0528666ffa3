import type { ReactNode } from 'react';

export interface MenuAction {
  kind?: 'action';
  id: string;
  label: string;
  /** A 16 px Lucide icon. */
  icon?: ReactNode;
  /** The key that does the same ("Enter", "F2", "Del"), shown at the right. */
  keys?: string;
  /** A count or a word at the right, where there is no key. */
  end?: ReactNode;
  onSelect?: () => void;
  /** Goes to an address instead of doing something. */
  href?: string;
  /** The address is a download, or on another origin: a plain link, opened as the browser does. */
  external?: boolean;
  /** Greyed, still reachable, and this is why; shown under the label. */
  disabledReason?: string;
  tone?: 'plain' | 'danger';
  /** A setting that is on or off. */
  checked?: boolean;
}
export interface MenuChoice {
  kind: 'choice';
  id: string;
  label: string;
  value: string;
  options: { value: string; label: string }[];
  onChange: (value: string) => void;
}
export interface MenuSub {
  kind: 'sub';
  id: string;
  label: string;
  icon?: ReactNode;
  items: MenuEntry[];
}
export interface MenuLine {
  kind: 'line';
}
/** Who or what the menu is about, at its top; not an item. */
export interface MenuHeading {
  kind: 'heading';
  label: string;
  detail?: string;
}
/** One definition for the "..." menu, the context menu and the sheet on a phone. */
export type MenuEntry = MenuAction | MenuChoice | MenuSub | MenuLine | MenuHeading;
