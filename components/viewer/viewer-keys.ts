import type { KeyboardEvent } from 'react';
import type { ZoomControl } from './use-zoom.ts';

/** Px that an arrow moves an enlarged picture. */
const stride = 80;

export type ViewerActions = {
  close: () => void;
  go: (by: 1 | -1) => void;
  zoom: ZoomControl | null;
  fullScreen: () => void;
  panel: () => void;
  compare: () => void;
  /** Shows A alone while the key is held; null where nothing is compared. */
  flip: ((on: boolean) => void) | null;
  restore: () => void;
};

/**
 * The keys of the viewer, which are those of the app where both have them. Lists, players, texts and fields keep their own.
 */
export function viewerKeys(event: KeyboardEvent, actions: ViewerActions): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  const action = actionOf(event.key, event.target as Element, actions);
  if (!action || (event.repeat && event.key === 'b')) return;
  event.preventDefault();
  event.stopPropagation();
  action();
}

function actionOf(key: string, target: Element, actions: ViewerActions): (() => void) | null {
  if (key === 'Escape') return actions.close;
  if (target.closest('input, textarea, select, [role=listbox], [role=radiogroup], [role=combobox]')) return null;
  // A film seeks and a text scrolls by its own arrows; sideways a text has nowhere to go.
  const text = target.closest('[data-keys=own]') !== null;
  const player = target.closest('video, audio') !== null;
  const { zoom, flip } = actions;
  const enlarged = zoom !== null && !zoom.whole ? zoom : null;
  switch (key) {
    case 'ArrowLeft':
      return player ? null : enlarged ? () => enlarged.move({ x: stride, y: 0 }) : () => actions.go(-1);
    case 'ArrowRight':
      return player ? null : enlarged ? () => enlarged.move({ x: -stride, y: 0 }) : () => actions.go(1);
    case 'ArrowUp':
      return enlarged && !text ? () => enlarged.move({ x: 0, y: stride }) : null;
    case 'ArrowDown':
      return enlarged && !text ? () => enlarged.move({ x: 0, y: -stride }) : null;
    case ' ':
      return text || player || target.closest('button, a') ? null : actions.close;
    case 'f':
      return actions.fullScreen;
    case 'i':
      return actions.panel;
    case 'c':
      return actions.compare;
    case 'r':
      return actions.restore;
    case 'b':
      return flip && (() => flip(true));
    case '+':
    case '=':
      return zoom?.larger ?? null;
    case '-':
      return zoom?.smaller ?? null;
    case '0':
      return zoom?.fit ?? null;
    case '1':
      return zoom?.hundred ?? null;
    default:
      return null;
  }
}
