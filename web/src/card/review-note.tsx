import { IconEyeCheck } from '@tabler/icons-react';
import { reasonText } from '../../../src/notifier/reason-text.ts';
import { useWords } from '../i18n/use-words.tsx';
import classes from './answer-card.module.css';

/** Why a person has to look. */
export function ReviewNote({ reasons }: { reasons: readonly string[] }) {
  const { card, texts } = useWords();
  return (
    <div className={classes.note} data-tone="warn">
      <IconEyeCheck size={20} aria-hidden />
      <div className={classes.noteText}>
        <strong>{card.why}</strong>
        <ul>
          {reasons.map((reason) => (
            <li key={reason}>{reasonText(reason, texts)}</li>
          ))}
        </ul>
        {card.reviewNote}
      </div>
    </div>
  );
}
