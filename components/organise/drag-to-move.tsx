'use client';

import { useEffect, useRef } from 'react';
import type { ActionContext, Chosen } from '#components/browse/actions/action.ts';
import { chosenOf, isRead, nameOfChosen } from '#components/browse/actions/chosen.ts';
import { selectionOf } from '#components/browse/actions/selection-of.ts';
import { announce } from '#components/shell/announce.ts';
import { setDropOver } from '#components/upload/drop-store.ts';
import type { Entry } from '#lib/assets/schema.ts';
import { nameOf } from '#lib/libraries/path-rules.ts';
import { dragImage } from './drag-image.ts';
import { type Dragged, isWithin, whyNoDrop } from './plan-drop.ts';
import { transfer } from './transfer.tsx';
import { transferWords } from './transfer-words.ts';

/** A folder under the pointer springs open after this time, in ms (UI.md, Browse, grid). */
const springMs = 700;
/** Tells a drag of ours from files of the system; the browser shows no more than the type until the drop. */
const ownType = 'application/x-strata-entries';

/** What is being dragged. Outside the component, since a folder that springs open draws another page. */
let dragged: Dragged | null = null;

export interface DragToMoveProps {
  context: ActionContext;
  collection: { chosen: Chosen; isChosen: (key: string) => boolean; entryOf: (key: string) => Entry | undefined };
  onSpring: (path: string) => void;
}

/**
 * Entries are dragged onto a folder card, a row, the tree or the path above; with Ctrl (Option on a Mac) they are copied. Listens on the
 * document: what takes a drop says so itself with `data-drop-folder`, as for uploads.
 */
export function DragToMove(props: DragToMoveProps) {
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  useEffect(() => {
    let spring: ReturnType<typeof setTimeout> | undefined;
    let held: string | null = null;

    const onDown = (event: PointerEvent) => {
      // A link inside would be dragged as an address, and a row is not draggable by itself. Fingers scroll and choose.
      const entry = entryUnder(event);
      if (entry && event.pointerType === 'mouse' && event.button === 0) entry.draggable = true;
    };
    const onStart = (event: DragEvent) => {
      const element = entryUnder(event);
      const key = element?.dataset.entry;
      const { collection, context } = latest.current;
      const entry = key === undefined ? undefined : collection.entryOf(key);
      if (!element || !entry || key === undefined || !event.dataTransfer) return;
      const chosen = collection.isChosen(key) ? collection.chosen : chosenOf([entry]);
      if (!isRead(chosen)) return event.preventDefault();
      dragged = { library: context.library.slug, chosen };
      event.dataTransfer.setData(ownType, '');
      event.dataTransfer.effectAllowed = 'copyMove';
      const pictures = [...document.querySelectorAll<HTMLElement>('[data-entry]')].filter(
        (each) => each === element || (collection.isChosen(key) && collection.isChosen(each.dataset.entry ?? '')),
      );
      const image = dragImage(element, pictures, nameOfChosen(chosen), chosen.count);
      event.dataTransfer.setDragImage(image, -8, -8);
    };
    const isOurs = (event: DragEvent) => dragged !== null && event.dataTransfer?.types.includes(ownType) === true;
    const onOver = (event: DragEvent) => {
      if (!isOurs(event) || !dragged || !event.dataTransfer) return;
      const folder = folderUnder(event);
      const why =
        folder === null ? 'nowhere' : whyNoDrop(folder, dragged, latest.current.context.library, copies(event));
      if (folder !== null && why === undefined) {
        event.preventDefault();
        event.dataTransfer.dropEffect = copies(event) ? 'copy' : 'move';
      }
      setDropOver(folder === null || why !== undefined ? null : { folder, card: true });
      if (folder === held) return;
      held = folder;
      clearTimeout(spring);
      // The open folder itself, and what is dragged, lead nowhere new.
      if (folder === null || folder === latest.current.context.folder || isWithin(folder, dragged.chosen)) return;
      spring = setTimeout(() => latest.current.onSpring(folder), springMs);
    };
    const onDrop = (event: DragEvent) => {
      if (!isOurs(event) || !dragged) return;
      const folder = folderUnder(event);
      const { context } = latest.current;
      const { chosen } = dragged;
      const type = copies(event) ? 'copy' : 'move';
      const why = folder === null ? undefined : whyNoDrop(folder, dragged, context.library, type === 'copy');
      end();
      if (folder === null) return;
      event.preventDefault();
      if (why !== undefined) return announce(why, { urgent: true });
      const where = folder === '' ? context.library.name : nameOf(folder);
      if (type === 'move') context.leave(chosen.entries);
      void transfer(context, {
        type,
        selection: selectionOf(chosen),
        params: { to: folder },
        words: transferWords(type, nameOfChosen(chosen), where),
      });
    };
    const end = () => {
      clearTimeout(spring);
      held = null;
      dragged = null;
      setDropOver(null);
    };
    document.addEventListener('pointerdown', onDown);
    document.addEventListener('dragstart', onStart);
    document.addEventListener('dragover', onOver);
    document.addEventListener('drop', onDrop);
    document.addEventListener('dragend', end);
    return () => {
      clearTimeout(spring);
      document.removeEventListener('pointerdown', onDown);
      document.removeEventListener('dragstart', onStart);
      document.removeEventListener('dragover', onOver);
      document.removeEventListener('drop', onDrop);
      document.removeEventListener('dragend', end);
    };
  }, []);
  return null;
}

const entryUnder = (event: Event) =>
  event.target instanceof Element ? event.target.closest<HTMLElement>('[data-entry]') : null;
const folderUnder = (event: Event) =>
  event.target instanceof Element
    ? (event.target.closest<HTMLElement>('[data-drop-folder]')?.dataset.dropFolder ?? null)
    : null;
const copies = (event: DragEvent) => event.ctrlKey || event.altKey;
