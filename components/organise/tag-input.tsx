'use client';

import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, type RefObject, useId, useState } from 'react';
import { Input } from '#components/ui/input.tsx';
import { api } from '#lib/http/api-client.ts';
import { offeredTags } from './plan-tags.ts';

export interface TagInputProps {
  library: string;
  /** Tags that need not be offered. */
  taken: readonly string[];
  onAdd: (name: string) => void;
  inputRef?: RefObject<HTMLInputElement | null>;
  height?: 'control' | 'field';
}

/** A field that takes tags one by one, with those of the library to choose from. */
export function TagInput({ library, taken, onAdd, inputRef, height = 'field' }: TagInputProps) {
  const [text, setText] = useState('');
  const [at, setAt] = useState(-1);
  const [open, setOpen] = useState(false);
  const list = useId();
  const { data } = useQuery({
    queryKey: ['tags', library],
    queryFn: ({ signal }) => api('GET /libraries/{library}/search/facets', { library }, { signal }),
    staleTime: 30_000,
    enabled: open,
  });
  const offers = open
    ? offeredTags(
        (data?.tags ?? []).map(({ name }) => name),
        text,
        taken,
      )
    : [];
  const add = (name: string) => {
    const wanted = name.trim();
    if (wanted === '') return;
    onAdd(wanted);
    setText('');
    setAt(-1);
    // What was added stands below, where the offers hang; the next letter brings them back.
    setOpen(false);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setOpen(true);
      setAt((now) => Math.max(-1, Math.min(offers.length - 1, now + step)));
    } else if (event.key === 'Enter' || event.key === ',') {
      if (event.key === 'Enter' && text.trim() === '' && at < 0) return;
      event.preventDefault();
      add(offers[at] ?? text);
    } else if (event.key === 'Escape' && open && offers.length > 0) {
      event.preventDefault();
      event.stopPropagation();
      setOpen(false);
    }
  };
  return (
    <div className="relative">
      <Input
        ref={inputRef}
        height={height}
        role="combobox"
        aria-label="Add a tag"
        aria-expanded={offers.length > 0}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={at >= 0 ? `${list}-${at}` : undefined}
        placeholder="Add a tag"
        value={text}
        maxLength={64}
        autoComplete="off"
        onChange={(event) => {
          setText(event.currentTarget.value);
          setAt(-1);
          setOpen(true);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      <div
        id={list}
        role="listbox"
        aria-label="Tags of the library"
        hidden={offers.length === 0}
        className="absolute inset-x-0 top-full z-menu mt-1 rounded-3 bg-raised p-1 shadow-3"
      >
        {offers.map((name, index) => (
          // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the field
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
          <div
            key={name}
            id={`${list}-${index}`}
            role="option"
            aria-selected={index === at}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => add(name)}
            className="cursor-default truncate rounded-2 px-2 py-1 text-ui hover:bg-hover aria-selected:bg-hover max-sm:py-2.5"
          >
            <bdi>{name}</bdi>
          </div>
        ))}
      </div>
    </div>
  );
}
