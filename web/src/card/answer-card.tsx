import { Text } from '@mantine/core';
import { useState } from 'react';
import type { AnswerEntry, DocumentEntry } from '../../../src/channels/webchat/chat-entry.ts';
import type { FieldName } from '../../../src/domain/document.ts';
import { useWords } from '../i18n/use-words.tsx';
import classes from './answer-card.module.css';
import { CardActions } from './card-actions.tsx';
import { CardHeader } from './card-header.tsx';
import { DocumentImage } from './document-image.tsx';
import { DuplicateNote } from './duplicate-note.tsx';
import { FailedNote } from './failed-note.tsx';
import { FieldList } from './field-list.tsx';
import { Headline } from './headline.tsx';
import { failureOf, shownResult, viewOf } from './result-view.ts';
import { ReviewNote } from './review-note.tsx';

export interface AnswerCardProps {
  document: DocumentEntry;
  answer: AnswerEntry | null;
  /** What a browser can show of the document; null for other types. */
  imageUrl: string | null;
  documents: ReadonlyMap<string, DocumentEntry>;
  onAnother(): void;
  /** A button of the conversation. */
  onPress(label: string, data: string): void;
}

/** The answer about one document. */
export function AnswerCard(props: AnswerCardProps) {
  const { document, answer, documents, onAnother, onPress } = props;
  const { stage, duplicateOf } = document.result;
  const first = duplicateOf === undefined ? undefined : documents.get(duplicateOf);
  const failure = failureOf(document, answer, first);
  return (
    <article className={classes.card} data-ticket={document.id} data-stage={stage}>
      <CardHeader document={document} kind={shownResult(document, answer).kind} />
      {failure ? (
        <FailedNote ticketId={document.id} failure={failure} onAnother={onAnother} onPress={onPress} />
      ) : (
        <>
          {stage === 'DUPLICATE' && <DuplicateNote first={first} />}
          {first ? <FirstHeadline first={first} /> : <ResultBody {...props} />}
        </>
      )}
    </article>
  );
}

/** Of a duplicate whose first is in this chat too: enough to see that it is the same. */
function FirstHeadline({ first }: { first: DocumentEntry }) {
  const view = viewOf(first.result, useWords());
  return <Headline view={view} result={first.result} active={null} onActive={() => undefined} />;
}

function ResultBody({ document, answer, imageUrl, onPress }: AnswerCardProps) {
  const words = useWords();
  const [active, setActive] = useState<FieldName | null>(null);
  const result = shownResult(document, answer);
  const view = viewOf(result, words);
  const isReview = document.result.stage === 'HUMAN_REVIEW';
  const boxes = [...(view.amount ? [view.amount] : []), ...view.rows];
  return (
    <div className={classes.body} data-with-image={imageUrl !== null || undefined}>
      <div className={classes.data}>
        <Headline view={view} result={result} active={active} onActive={setActive} />
        <FieldList rows={view.rows} active={active} onActive={setActive} />
        {isReview && <ReviewNote reasons={result.reasons} />}
        <CardActions view={view} document={document} isReview={isReview} onPress={onPress} />
      </div>
      {imageUrl && (
        <DocumentImage url={imageUrl} name={document.file.name} fields={boxes} active={active} onActive={setActive} />
      )}
      {answer && (
        <Text className={classes.spoken} component="p">
          {answer.text}
        </Text>
      )}
    </div>
  );
}
