'use client';

import { Eye, EyeOff } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Input, type InputProps } from '#components/ui/input.tsx';

export interface PasswordInputProps extends Omit<InputProps, 'type' | 'trail'> {
  /** Told while typing, so that the sentence can stand where the page has room for it. */
  onCapsLock?: (on: boolean) => void;
}

/** A password that can be shown, and that notices Caps Lock. */
export function PasswordInput({ onCapsLock, ...rest }: PasswordInputProps) {
  const [shown, setShown] = useState(false);
  const look = (event: KeyboardEvent<HTMLInputElement>) => {
    // Browsers fill forms with synthetic key events that have no modifier state.
    if (typeof event.getModifierState === 'function') onCapsLock?.(event.getModifierState('CapsLock'));
  };
  return (
    <Input
      {...rest}
      type={shown ? 'text' : 'password'}
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      onKeyDown={look}
      onKeyUp={look}
      onBlur={() => onCapsLock?.(false)}
      trail={
        <IconButton
          label={shown ? 'Hide password' : 'Show password'}
          icon={shown ? <EyeOff /> : <Eye />}
          onClick={() => setShown(!shown)}
        />
      }
    />
  );
}
