import { Button, PasswordInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { ChannelWords } from './channel-words.ts';
import classes from './channels.module.css';

export interface KeyFormProps {
  words: ChannelWords;
  isWrong: boolean;
  onKey(key: string): void;
}

export function KeyForm({ words, isWrong, onKey }: KeyFormProps) {
  const [key, setKey] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (key.trim() !== '') onKey(key.trim());
  };
  return (
    <form className={classes.keyForm} onSubmit={submit}>
      <h2 className={classes.cardTitle}>{words.keyTitle}</h2>
      <p className={classes.soft}>{words.keyLead}</p>
      <PasswordInput
        label={words.keyLabel}
        value={key}
        onChange={(event) => setKey(event.currentTarget.value)}
        error={isWrong ? words.wrongKey : undefined}
        autoComplete="current-password"
        data-autofocus
      />
      <Button type="submit" disabled={key.trim() === ''}>
        {words.enter}
      </Button>
    </form>
  );
}
