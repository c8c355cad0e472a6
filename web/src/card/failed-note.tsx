import { Button } from '@mantine/core';
import { IconPhotoPlus, IconRefresh } from '@tabler/icons-react';
import type { FailureCode } from '../../../src/domain/failure.ts';
import { useWords } from '../i18n/use-words.tsx';
import { FailureNote } from './failure-note.tsx';
import { useRetry } from './use-retry.ts';

export interface FailedNoteProps {
  ticketId: string;
  failure: FailureCode;
  onAnother(): void;
}

/** A document that could not be read: why, and the two ways on. */
export function FailedNote({ ticketId, failure, onAnother }: FailedNoteProps) {
  const { card, failedToRetry, texts } = useWords();
  const { isBusy, hasFailed, retry } = useRetry(ticketId);
  const text = texts.failures[failure];
  return (
    <FailureNote text={hasFailed ? `${text} ${failedToRetry}` : text}>
      <Button size="xs" variant="light" leftSection={<IconPhotoPlus size={16} aria-hidden />} onClick={onAnother}>
        {card.another}
      </Button>
      <Button
        size="xs"
        variant="default"
        loading={isBusy}
        leftSection={<IconRefresh size={16} aria-hidden />}
        onClick={retry}
      >
        {card.retry}
      </Button>
    </FailureNote>
  );
}
