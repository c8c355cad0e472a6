import { Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconUserCheck } from '@tabler/icons-react';
import type { FieldValue } from '../../../src/domain/document.ts';
import { useWords } from '../i18n/use-words.tsx';
import classes from './answer-card.module.css';
import { sureFrom } from './result-view.ts';

/** Green check for a sure value, amber word for one to check. */
export function ConfidenceMark({ field }: { field: FieldValue }) {
  const { card } = useWords();
  const percent = `${Math.round(field.confidence * 100)} %`;
  if (field.source === 'person') return <Mark hint={card.byPerson} icon={IconUserCheck} />;
  if (field.confidence >= sureFrom) return <Mark hint={`${card.confident} · ${percent}`} icon={IconCircleCheck} />;
  return (
    <Tooltip label={percent}>
      <span className={classes.doubtful}>
        <IconAlertTriangle size={13} aria-hidden />
        {card.doubtful}
      </span>
    </Tooltip>
  );
}

function Mark({ hint, icon: Icon }: { hint: string; icon: typeof IconCircleCheck }) {
  return (
    <Tooltip label={hint}>
      <span className={classes.sure}>
        <Icon size={16} aria-label={hint} />
      </span>
    </Tooltip>
  );
}
