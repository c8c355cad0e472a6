import { IconAlertCircle, IconCheck, IconClock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useWords } from '../i18n/use-words.tsx';
import classes from './chat.module.css';
import type { Speaking } from './chat-state.ts';

/** What the person wrote or pressed. */
export function WordsBubble({ text, at, mark }: { text: string; at: string; mark?: ReactNode }) {
  const { you, texts } = useWords();
  const time = new Date(at).toLocaleTimeString(texts.locale, { hour: '2-digit', minute: '2-digit' });
  return (
    <div className={`${classes.mine} ${classes.words}`}>
      <span className={classes.unseen}>{you}: </span>
      <span className={classes.wordsText}>{text}</span>
      <span className={classes.mineMeta}>
        {time}
        {mark ?? <IconCheck size={14} aria-hidden />}
      </span>
    </div>
  );
}

/** Words on their way, and why they did not arrive. */
export function SpeakingBubble({ speaking: { shown, at, state, reason } }: { speaking: Speaking }) {
  const { sending, notSent } = useWords();
  const isRefused = state === 'refused';
  const mark = isRefused ? <IconAlertCircle size={14} aria-label={notSent} /> : <IconClock size={14} aria-hidden />;
  const note = isRefused ? reason || notSent : state === 'again' ? sending.again : '';
  return (
    <>
      <WordsBubble text={shown} at={at} mark={mark} />
      {note && <div className={classes.wordsNote}>{note}</div>}
    </>
  );
}
