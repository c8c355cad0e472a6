import { Button } from '@mantine/core';
import { IconPhotoPlus, IconRefresh } from '@tabler/icons-react';
import type { FailureCode } from '../../../src/domain/failure.ts';
import { useWords } from '../i18n/use-words.tsx';
import { FailureNote } from './failure-note.tsx';

export interface FailedNoteProps {
  ticketId: string;
  failure: FailureCode;
  onAnother(): void;
  onPress(label: string, data: string): void;
}

/** A document that could not be read: why, and the two ways on. */
export function FailedNote({ ticketId, failure, onAnother, onPress }: FailedNoteProps) {
  const { card, texts } = useWords();
  return (
    <FailureNote text={texts.failures[failure]}>
      <Button size="xs" variant="light" leftSection={<IconPhotoPlus size={16} aria-hidden />} onClick={onAnother}>
        {card.another}
      </Button>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconRefresh size={16} aria-hidden />}
        onClick={() => onPress(card.retry, `cmd:retry:${ticketId}`)}
      >
        {card.retry}
      </Button>
    </FailureNote>
  );
}
