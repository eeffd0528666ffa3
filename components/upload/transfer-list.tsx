'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useMemo, useRef } from 'react';
import type { UploadItem } from '#lib/uploads/browser/types.ts';
import type { UploadSnapshot } from '#lib/uploads/browser/upload-store.ts';
import { TransferRow } from './transfer-row.tsx';

/** Rows of 34 px, five of them before the list scrolls; 56 px in the sheet of a phone. */
const rowPx = { desk: 34, phone: 56 };
const rowsShown = 5;

/** Failed, sending, waiting, done; only what is in sight is in the page, however many files there are. */
export function TransferList({ snapshot, phone }: { snapshot: UploadSnapshot; phone: boolean }) {
  const { groups, revision } = snapshot;
  const items = useMemo(() => [...groups.failed, ...groups.sending, ...groups.waiting, ...groups.done], [groups]);
  const frame = useRef<HTMLDivElement>(null);
  const px = phone ? rowPx.phone : rowPx.desk;
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => frame.current,
    estimateSize: () => px,
    overscan: 4,
  });
  const pointed = useKeepPointed(frame, items, px);
  const now = performance.now();

  return (
    <div
      ref={frame}
      onPointerMove={pointed.onPointerMove}
      onPointerLeave={pointed.onPointerLeave}
      className="overflow-y-auto overscroll-contain"
      style={{ maxHeight: phone ? '60dvh' : rowsShown * px }}
    >
      <ul aria-label="Files" className="relative" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, start }) => {
          const item = items[index];
          return (
            item && (
              <li
                key={item.id}
                aria-label={item.name}
                aria-setsize={items.length}
                aria-posinset={index + 1}
                data-state={item.state}
                className="absolute inset-x-0 top-0"
                style={{ transform: `translateY(${start}px)` }}
              >
                <TransferRow item={item} now={now} revision={revision} phone={phone} />
              </li>
            )
          );
        })}
      </ul>
    </div>
  );
}

/** A failure rises to the top; the row under the pointer stays under it. */
function useKeepPointed(frame: React.RefObject<HTMLDivElement | null>, items: UploadItem[], px: number) {
  const pointed = useRef<{ id: number; index: number } | null>(null);
  useLayoutEffect(() => {
    const at = pointed.current;
    if (!at || !frame.current || frame.current.scrollTop === 0) return;
    const index = items.findIndex((item) => item.id === at.id);
    if (index !== -1 && index !== at.index) frame.current.scrollTop += (index - at.index) * px;
    pointed.current = index === -1 ? null : { id: at.id, index };
  }, [items, px, frame]);
  return {
    onPointerMove: (event: React.PointerEvent<HTMLDivElement>) => {
      const top = event.currentTarget.getBoundingClientRect().top;
      const index = Math.floor((event.clientY - top + event.currentTarget.scrollTop) / px);
      const item = items[index];
      pointed.current = item ? { id: item.id, index } : null;
    },
    onPointerLeave: () => {
      pointed.current = null;
    },
  };
}
