'use client';

import { Keyboard, LogOut, UserRound } from 'lucide-react';
import { Avatar } from '#components/ui/avatar.tsx';
import { Menu } from '#components/ui/menu.tsx';
import type { MenuEntry } from '#components/ui/menu-items.ts';
import { useTheme } from './theme.ts';
import type { ThemeChoice } from './theme-script.ts';

export interface Account {
  name: string;
  email: string;
  /** The account page. */
  href?: string;
  onSignOut?: () => void;
}

/** Entries about oneself: account, theme, keys, sign out. The same behind the avatar and under More on a phone. */
export function useAccountEntries(account: Account, openKeys: () => void): MenuEntry[] {
  const [theme, choose] = useTheme();
  return [
    { kind: 'heading', label: account.name, detail: account.email },
    { kind: 'line' },
    ...(account.href ? [{ id: 'account', label: 'Account', icon: <UserRound />, href: account.href }] : []),
    { id: 'keys', label: 'Keys', icon: <Keyboard />, keys: '?', onSelect: openKeys },
    { kind: 'line' },
    {
      kind: 'choice',
      id: 'theme',
      label: 'Theme',
      value: theme,
      onChange: (value) => choose(value as ThemeChoice),
      options: [
        { value: 'system', label: 'Theme as the system' },
        { value: 'light', label: 'Light theme' },
        { value: 'dark', label: 'Dark theme' },
      ],
    },
    ...(account.onSignOut
      ? ([
          { kind: 'line' },
          { id: 'sign-out', label: 'Sign out', icon: <LogOut />, onSelect: account.onSignOut },
        ] satisfies MenuEntry[])
      : []),
  ];
}

/** The avatar at the foot of the navigation. */
export function AccountMenu({ account, openKeys }: { account: Account; openKeys: () => void }) {
  const entries = useAccountEntries(account, openKeys);
  return (
    <Menu
      label={`${account.name}, ${account.email}`}
      side="top"
      align="end"
      items={entries}
      trigger={
        <button
          type="button"
          aria-label={`Account of ${account.name}`}
          className="hit grid size-7 flex-none place-items-center rounded-full hover:bg-hover"
        >
          <Avatar name={account.name} />
        </button>
      }
    />
  );
}
