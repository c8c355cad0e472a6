import { Anchor } from '@mantine/core';
import { IconCopyCheck } from '@tabler/icons-react';
import type { DocumentEntry } from '../../../src/channels/webchat/chat-entry.ts';
import { useWords } from '../i18n/use-words.tsx';
import classes from './answer-card.module.css';

/** Says that a document came before, and leads to the first when it is in this chat. */
export function DuplicateNote({ first }: { first: DocumentEntry | undefined }) {
  const { card } = useWords();
  return (
    <div className={classes.note} data-tone="calm">
      <IconCopyCheck size={20} aria-hidden />
      <div className={classes.noteText}>
        {first ? card.duplicateNote : card.duplicateElsewhere}{' '}
        {first && (
          <Anchor component="button" type="button" inherit fw={600} onClick={() => show(first.id)}>
            {card.goToFirst}
          </Anchor>
        )}
      </div>
    </div>
  );
}

function show(ticketId: string): void {
  document.getElementById(`item-${ticketId}`)?.scrollIntoView({ behavior: 'smooth', block: 'start' });
}
