'use client';

import { Plus, X } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { FieldError } from '#components/ui/field.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Input } from '#components/ui/input.tsx';
import type { LifecycleRule } from '#lib/lifecycle/schema.ts';

export interface RuleTagsProps {
  tags: LifecycleRule['tags'];
  onChange: (tags: LifecycleRule['tags']) => void;
  errorOf: (field: string) => string | undefined;
}

/** The S3 object tags that a file must have for a rule to act on it: name and value, all of them at once. */
export function RuleTags({ tags, onChange, errorOf }: RuleTagsProps) {
  const set = (at: number, change: Partial<LifecycleRule['tags'][number]>) =>
    onChange(tags.map((tag, index) => (index === at ? { ...tag, ...change } : tag)));
  return (
    <fieldset className="grid gap-1.5">
      <legend className="mb-1.5 text-label text-fg max-sm:text-phone-name">S3 tags</legend>
      {tags.map(({ key, value }, at) => {
        const error = errorOf(`tags.${at}.key`);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a tag has no identity but its place while its name is typed
          <div key={at}>
            <div className="flex items-center gap-1.5">
              <Input
                aria-label={`Name of tag ${at + 1}`}
                placeholder="Name"
                value={key}
                maxLength={128}
                invalid={error !== undefined}
                autoComplete="off"
                spellCheck={false}
                onChange={(event) => set(at, { key: event.target.value })}
              />
              <Input
                aria-label={`Value of tag ${at + 1}`}
                placeholder="Value"
                value={value}
                maxLength={256}
                autoComplete="off"
                spellCheck={false}
                onChange={(event) => set(at, { value: event.target.value })}
              />
              <IconButton
                label={key ? `Take away the tag ${key}` : 'Take the tag away'}
                icon={<X />}
                onClick={() => onChange(tags.filter((_, index) => index !== at))}
              />
            </div>
            <div className={error ? 'mt-1.5' : ''}>
              <FieldError>{error}</FieldError>
            </div>
          </div>
        );
      })}
      <Button
        variant="quiet"
        icon={<Plus />}
        className="-ml-2 justify-self-start"
        onClick={() => onChange([...tags, { key: '', value: '' }])}
      >
        Add a tag
      </Button>
      {errorOf('tags') && <FieldError>{errorOf('tags')}</FieldError>}
      <p className="text-meta text-fg-3">
        {tags.length > 1 ? 'Only files that have all of these in the store. ' : ''}As other tools set them on objects;
        tags given in Strata are not among them.
      </p>
    </fieldset>
  );
}
