import { Button } from '@mantine/core';
import { IconPhotoPlus, IconRefresh } from '@tabler/icons-react';
import type { DocumentEntry } from '../../../src/channels/webchat/chat-entry.ts';
import { useWords } from '../i18n/use-words.tsx';
import { FailureNote } from './failure-note.tsx';
import { useRetry } from './use-retry.ts';

/** A document that could not be read: why, and the two ways on. */
export function FailedNote({ document, onAnother }: { document: DocumentEntry; onAnother(): void }) {
  const { card, failedToRetry, texts } = useWords();
  const { isBusy, hasFailed, retry } = useRetry(document.id);
  const text = document.result.error?.message ?? texts.failures.internal;
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
