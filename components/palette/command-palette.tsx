'use client';

import { Dialog } from '@base-ui/react/dialog';
import { Command as Cmdk } from 'cmdk';
import { Folder, History, Search } from 'lucide-react';
import { useParams, useRouter, useSearchParams } from 'next/navigation';
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { type BrowseView, browseHref, pathOfAddress } from '#components/browse/browse-href.ts';
import { shownName } from '#components/browse/entry-key.ts';
import { Preview } from '#components/browse/preview.tsx';
import { FoundName } from '#components/search/found.tsx';
import { SCRIM_CLASS } from '#components/ui/dialog.tsx';
import { formatMoment } from '#components/ui/format-time.ts';
import { Kbd } from '#components/ui/kbd.tsx';
import type { Entry } from '#lib/assets/schema.ts';
import { parentFolder } from '#lib/libraries/path-rules.ts';
import { foldText } from '#lib/search/fold-text.ts';
import { planWords } from '#lib/search/plan-words.ts';
import { type Command, readCommands } from './commands.ts';
import { planMoment } from './plan-moment.ts';
import { usePaletteResults } from './use-palette-results.ts';

const mostCommands = 8;

export interface CommandPaletteProps {
  library: string;
  libraryName: string;
  close: () => void;
}

/** Files, folders and commands in one list, found while typing; `>` for commands only. Enter goes there, Ctrl+Enter in a new tab. */
export function CommandPalette({ library, libraryName, close }: CommandPaletteProps) {
  const router = useRouter();
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState('');
  // As they were when the palette opened: it takes focus, and with it what some of them are about.
  const [commands] = useState(readCommands);
  const only = typed.startsWith('>');
  const text = (only ? typed.slice(1) : typed).trim();
  const { files, folders, words, waiting, failed } = usePaletteResults(library, only ? '' : text);
  const matching = filterCommands(commands, text).slice(0, only || text === '' ? undefined : mostCommands);

  const moment = only ? null : planMoment(text, new Date());
  const folder = useFolder(library);
  const momentHref = moment && browseHref(library, folder.path, { at: moment, view: folder.view });

  const follow = ({ href, run }: Pick<Command, 'href' | 'run'>, newTab: boolean) => {
    if (href && newTab) {
      window.open(href, '_blank', 'noopener');
      return;
    }
    close();
    if (href) router.push(href);
    // Once focus is back where it was: commands act on it.
    else requestAnimationFrame(() => setTimeout(() => run?.(), 0));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    const item = [...files, ...folders].find((entry) => rowValue(entry) === chosen);
    const command = matching.find(({ id }) => id === chosen);
    if (item) follow({ href: hrefOf(library, item) }, true);
    else if (command?.href) follow(command, true);
    else if (momentHref && chosen === `moment ${moment}`) follow({ href: momentHref }, true);
  };

  const nothing = files.length + folders.length + matching.length === 0 && moment === null;
  return (
    <Dialog.Root open onOpenChange={(open) => open || close()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={SCRIM_CLASS.replace('z-dialog', 'z-palette')} />
        <Dialog.Viewport className="fixed inset-0 z-palette grid items-start justify-items-center sm:pt-[14vh]">
          <Dialog.Popup
            aria-label="Command palette"
            className="focus-none w-full overflow-hidden bg-raised text-ui text-fg shadow-4 transition-opacity duration-quick data-starting-style:opacity-0 max-sm:h-dvh sm:w-140 sm:rounded-3"
          >
            <Cmdk
              shouldFilter={false}
              loop
              label="Command palette"
              value={chosen}
              onValueChange={setChosen}
              onKeyDown={onKeyDown}
              className="flex max-h-full flex-col max-sm:h-full"
            >
              <div className="flex h-11 flex-none items-center gap-2.5 border-b border-line px-3.5 max-sm:h-13 max-sm:pt-[env(safe-area-inset-top)]">
                <Search className="size-4 flex-none text-fg-3" aria-hidden="true" />
                <Cmdk.Input
                  value={typed}
                  onValueChange={setTyped}
                  autoFocus
                  placeholder={`Find in ${libraryName}, or > for commands`}
                  className="focus-none h-full min-w-0 flex-1 bg-transparent text-[0.9375rem] placeholder:text-fg-3 max-sm:text-[1rem]"
                />
                <Dialog.Close
                  className="flex-none rounded-1 max-sm:h-11 max-sm:px-2 max-sm:text-phone-label"
                  aria-label="Close"
                >
                  <Kbd keys="Escape" />
                </Dialog.Close>
              </div>
              <Cmdk.List className="max-h-[min(60vh,26rem)] min-h-0 overflow-y-auto overscroll-contain p-1 pb-1.5 max-sm:max-h-none max-sm:flex-1">
                {nothing && (
                  <p className="px-3 py-6 text-center text-fg-2">
                    {waiting
                      ? 'Looking…'
                      : failed
                        ? 'The library could not be asked. Commands still work.'
                        : `Nothing matches “${text}”`}
                  </p>
                )}
                <Group title="Files" shown={files.length > 0}>
                  {files.map((entry) => (
                    <Row
                      key={rowValue(entry)}
                      value={rowValue(entry)}
                      onSelect={() => follow({ href: hrefOf(library, entry) }, false)}
                    >
                      {entry.type === 'asset' && (
                        <Preview asset={entry} className="h-6 w-9 flex-none rounded-1 [&_svg]:size-3.5" />
                      )}
                      <FoundName name={shownName(entry)} words={words} className="min-w-0 shrink-0 max-w-[60%]" />
                      <Where path={entry.path} top={libraryName} />
                    </Row>
                  ))}
                </Group>
                <Group title="Folders" shown={folders.length > 0}>
                  {folders.map((entry) => (
                    <Row
                      key={rowValue(entry)}
                      value={rowValue(entry)}
                      onSelect={() => follow({ href: hrefOf(library, entry) }, false)}
                    >
                      <Folder className="size-4 flex-none text-fg-3" aria-hidden="true" />
                      <FoundName name={shownName(entry)} words={words} className="min-w-0 shrink-0 max-w-[60%]" />
                      <Where path={entry.path} top={libraryName} />
                    </Row>
                  ))}
                </Group>
                <Group title="Moments" shown={moment !== null}>
                  {moment !== null && momentHref && (
                    <Row value={`moment ${moment}`} onSelect={() => follow({ href: momentHref }, false)}>
                      <History className="size-4 flex-none text-past-text" aria-hidden="true" />
                      <span className="min-w-0 truncate">Look back to {formatMoment(moment)}</span>
                      <Where path={`${folder.path}x`} top={libraryName} />
                    </Row>
                  )}
                </Group>
                <Group title="Commands" shown={matching.length > 0}>
                  {matching.map((command) => (
                    <Row key={command.id} value={command.id} onSelect={() => follow(command, false)}>
                      <span aria-hidden="true" className="flex-none text-fg-3 [&>svg]:size-4">
                        {command.icon}
                      </span>
                      <span className="min-w-0 truncate">{command.label}</span>
                      <span className="ml-auto flex-none pl-3 text-micro text-fg-3">
                        {command.keys ? <Kbd keys={command.keys} /> : command.end}
                      </span>
                    </Row>
                  ))}
                </Group>
              </Cmdk.List>
            </Cmdk>
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Group({ title, shown, children }: { title: string; shown: boolean; children: ReactNode }) {
  if (!shown) return null;
  return (
    <Cmdk.Group
      heading={title}
      className="[&>[cmdk-group-heading]]:px-2 [&>[cmdk-group-heading]]:pt-1.5 [&>[cmdk-group-heading]]:pb-0.5 [&>[cmdk-group-heading]]:text-micro [&>[cmdk-group-heading]]:text-fg-3"
    >
      {children}
    </Cmdk.Group>
  );
}

function Row({ value, onSelect, children }: { value: string; onSelect: () => void; children: ReactNode }) {
  return (
    <Cmdk.Item
      value={value}
      onSelect={onSelect}
      className="flex h-8.5 cursor-default items-center gap-2 rounded-2 px-2 select-none data-[selected=true]:bg-hover max-sm:h-11"
    >
      {children}
    </Cmdk.Item>
  );
}

/** The folder that something lies in, at the right. */
function Where({ path, top }: { path: string; top: string }) {
  const folder = parentFolder(path).replace(/\/$/, '');
  return <bdi className="ml-auto min-w-0 truncate pl-3 text-micro text-fg-3">{folder === '' ? top : folder}</bdi>;
}

/** The folder that is open and how it is shown; the top elsewhere. */
function useFolder(library: string): { path: string; view: BrowseView | undefined } {
  const params = useParams<{ library?: string; path?: string[] }>();
  const search = useSearchParams();
  // Other pages of a library have its name in their address too, but no path.
  return {
    path: params.library === library ? pathOfAddress(params.path, search.get('path') ?? undefined) : '',
    view: views.find((view) => view === search.get('view')),
  };
}

const views: readonly BrowseView[] = ['list', 'grid'];

/** Any value but an entry's own would move the choice when the list changes. */
function rowValue(entry: Entry): string {
  return `${entry.type} ${entry.path}`;
}

function hrefOf(library: string, entry: Entry): string {
  return entry.type === 'folder'
    ? browseHref(library, entry.path)
    : browseHref(library, parentFolder(entry.path), { asset: entry.id });
}

function filterCommands(commands: Command[], text: string): Command[] {
  const words = planWords(text);
  return commands.filter(({ label }) => {
    const folded = ` ${foldText(label)}`;
    return words.every(({ text: word }) => folded.includes(` ${word}`));
  });
}
