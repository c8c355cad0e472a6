import { UnstyledButton } from '@mantine/core';
import type { FieldName } from '../../../src/domain/document.ts';
import type { Result } from '../../../src/domain/result.ts';
import { useWords } from '../i18n/use-words.tsx';
import classes from './answer-card.module.css';
import { ConfidenceMark } from './confidence-mark.tsx';
import type { ResultView } from './result-view.ts';

export interface HeadlineProps {
  view: ResultView;
  result: Result;
  active: FieldName | null;
  onActive(name: FieldName | null): void;
}

/** Who was paid, and how much. */
export function Headline({ view, result, active, onActive }: HeadlineProps) {
  const { card, texts } = useWords();
  const { amount, title } = view;
  const isReceipt = result.kind === 'receipt';
  const heading = title ?? (isReceipt ? card.merchantUnknown : texts.kinds[result.kind ?? 'other']);
  return (
    <div className={classes.headline}>
      <h3 className={title === null && !isReceipt ? classes.spoken : classes.title}>
        {heading}
        {title !== null && result.fields.merchant && <ConfidenceMark field={result.fields.merchant} />}
      </h3>
      {amount && (
        <UnstyledButton
          className={classes.amount}
          data-field={amount.name}
          data-active={active === amount.name || undefined}
          aria-label={`${amount.label}: ${amount.text}`}
          onMouseEnter={() => onActive(amount.name)}
          onMouseLeave={() => onActive(null)}
          onFocus={() => onActive(amount.name)}
          onBlur={() => onActive(null)}
        >
          {amount.text}
          <ConfidenceMark field={amount.field} />
        </UnstyledButton>
      )}
    </div>
  );
}
