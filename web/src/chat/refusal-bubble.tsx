import { Button } from '@mantine/core';
import { IconAlertCircle, IconPhotoPlus } from '@tabler/icons-react';
import type { RefusalEntry } from '../../../src/channels/webchat/chat-entry.ts';
import { FailureNote } from '../card/failure-note.tsx';
import { useWords } from '../i18n/use-words.tsx';
import { MineBubble } from './mine-bubble.tsx';
import { Theirs } from './theirs.tsx';

export interface RefusalBubbleProps {
  refusal: RefusalEntry;
  previewUrl: string | null;
  onAnother(): void;
}

/** A file that Recibot did not take, and what to do. */
export function RefusalBubble({ refusal, previewUrl, onAnother }: RefusalBubbleProps) {
  const { card, notSent } = useWords();
  return (
    <>
      <MineBubble
        name={refusal.fileName}
        mime=""
        sizeBytes={null}
        imageUrl={previewUrl}
        at={refusal.updatedAt}
        mark={<IconAlertCircle size={14} aria-label={notSent} />}
      />
      <Theirs>
        <FailureNote text={refusal.text}>
          <Button size="xs" variant="light" leftSection={<IconPhotoPlus size={16} aria-hidden />} onClick={onAnother}>
            {card.another}
          </Button>
        </FailureNote>
      </Theirs>
    </>
  );
}
