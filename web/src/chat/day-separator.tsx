import { useWords } from '../i18n/use-words.tsx';
import classes from './chat.module.css';
import type { TimelineItem } from './timeline.ts';

export function startsDay(item: TimelineItem, before: TimelineItem | undefined): boolean {
  return !before || dayOf(item.at) !== dayOf(before.at);
}

export function DaySeparator({ at }: { at: string }) {
  const words = useWords();
  return (
    <div className={classes.day}>
      <span>{nameOf(at)}</span>
    </div>
  );

  function nameOf(instant: string): string {
    const now = new Date();
    if (dayOf(instant) === now.toDateString()) return words.today;
    now.setDate(now.getDate() - 1);
    if (dayOf(instant) === now.toDateString()) return words.yesterday;
    return new Date(instant).toLocaleDateString(words.texts.locale, { dateStyle: 'long' });
  }
}

function dayOf(at: string): string {
  return new Date(at).toDateString();
}
