import { UnstyledButton } from '@mantine/core';
import type { FieldName } from '../../../src/domain/document.ts';
import { useWords } from '../i18n/use-words.tsx';
import classes from './answer-card.module.css';
import { ConfidenceMark } from './confidence-mark.tsx';
import type { FieldView } from './result-view.ts';

export interface FieldListProps {
  rows: readonly FieldView[];
  active: FieldName | null;
  onActive(name: FieldName | null): void;
}

/** The values; pointing at one shows where on the image it stands. */
export function FieldList({ rows, active, onActive }: FieldListProps) {
  const { card } = useWords();
  if (rows.length === 0) return null;
  return (
    <ul className={classes.fields} aria-label={card.details}>
      {rows.map(({ name, label, text, field }) => (
        <li key={name}>
          <UnstyledButton
            className={classes.row}
            data-field={name}
            data-active={active === name || undefined}
            onMouseEnter={() => onActive(name)}
            onMouseLeave={() => onActive(null)}
            onFocus={() => onActive(name)}
            onBlur={() => onActive(null)}
          >
            <span className={classes.label}>
              {label}
              <ConfidenceMark field={field} />
            </span>
            <span className={classes.value}>{text}</span>
          </UnstyledButton>
        </li>
      ))}
    </ul>
  );
}
