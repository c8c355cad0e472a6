import { IconAlertCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './answer-card.module.css';

/** What went wrong and, as children, what can be done. */
export function FailureNote({ text, children }: { text: string; children: ReactNode }) {
  return (
    <div className={classes.card}>
      <div className={classes.note} data-tone="bad">
        <IconAlertCircle size={20} aria-hidden />
        <div className={classes.noteText}>{text}</div>
      </div>
      <div className={classes.actions}>{children}</div>
    </div>
  );
}
