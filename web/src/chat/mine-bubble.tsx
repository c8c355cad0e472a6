import { IconCheck, IconFileText } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useWords } from '../i18n/use-words.tsx';
import classes from './chat.module.css';
import { sizeText } from './size-text.ts';

export interface MineBubbleProps {
  name: string;
  mime: string;
  sizeBytes: number | null;
  imageUrl: string | null;
  at: string;
  /** Shown over the thumbnail while the file is on its way. */
  veil?: ReactNode;
  /** In place of the check mark that says the server has it. */
  mark?: ReactNode;
}

/** A file that the person sent. */
export function MineBubble({ name, mime, sizeBytes, imageUrl, at, veil, mark }: MineBubbleProps) {
  const words = useWords();
  const [isBroken, setBroken] = useState(false);
  const { locale } = words.texts;
  const time = new Date(at).toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' });
  return (
    <div className={classes.mine}>
      <div className={classes.thumb}>
        {imageUrl && !isBroken ? (
          <img src={imageUrl} alt={words.card.image(name)} loading="lazy" onError={() => setBroken(true)} />
        ) : (
          <IconFileText size={52} stroke={1.2} aria-label={mime} />
        )}
        {veil && <div className={classes.veil}>{veil}</div>}
      </div>
      <div className={classes.mineText}>
        <span className={classes.mineName}>{name}</span>
        <span className={classes.mineMeta}>
          {sizeBytes !== null && `${sizeText(sizeBytes, locale)} · `}
          {time}
          {mark ?? <IconCheck size={14} aria-hidden />}
        </span>
      </div>
    </div>
  );
}
