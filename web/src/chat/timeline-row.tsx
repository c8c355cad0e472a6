import { AnswerCard } from '../card/answer-card.tsx';
import { documentPreviewUrl, fileUrl } from '../net/api.ts';
import classes from './chat.module.css';
import { MineBubble } from './mine-bubble.tsx';
import { OutgoingBubble } from './outgoing-bubble.tsx';
import { RefusalBubble } from './refusal-bubble.tsx';
import { ReplyBubble } from './reply-bubble.tsx';
import { StageTracker } from './stage-tracker.tsx';
import { Theirs } from './theirs.tsx';
import type { TimelineItem } from './timeline.ts';
import type { Chat } from './use-chat.ts';
import { SpeakingBubble, WordsBubble } from './words-bubble.tsx';

export interface TimelineRowProps {
  item: TimelineItem;
  chat: Chat;
  onAnother(): void;
}

/** What the person sent and what Recibot says to it. */
export function TimelineRow({ item, chat, onAnother }: TimelineRowProps) {
  return (
    <div className={classes.exchange}>
      {item.kind === 'outgoing' && <OutgoingBubble outgoing={item.outgoing} chat={chat} />}
      {item.kind === 'said' && <WordsBubble text={item.said.text} at={item.at} />}
      {item.kind === 'speaking' && <SpeakingBubble speaking={item.speaking} />}
      {item.kind === 'reply' && <ReplyBubble reply={item.reply} chat={chat} />}
      {item.kind === 'refusal' && (
        <RefusalBubble refusal={item.refusal} previewUrl={item.previewUrl} onAnother={onAnother} />
      )}
      {item.kind === 'document' && <DocumentRow item={item} chat={chat} onAnother={onAnother} />}
    </div>
  );
}

type DocumentItem = Extract<TimelineItem, { kind: 'document' }>;

function DocumentRow({ item, chat, onAnother }: { item: DocumentItem; chat: Chat; onAnother(): void }) {
  const { document, answer, previewUrl } = item;
  const { file } = document;
  const isPicture = /^image\/(jpeg|png|gif|webp|bmp|avif)$/.test(file.mime);
  // What browsers cannot show is drawn by the service.
  const isDrawn = /^(application\/pdf|image\/(tiff|hei[cf](-sequence)?))$/.test(file.mime);
  const imageUrl = previewUrl ?? (isPicture ? fileUrl(document.id) : null);
  return (
    <>
      <MineBubble
        name={file.name}
        mime={file.mime}
        sizeBytes={file.sizeBytes}
        imageUrl={imageUrl ?? (isDrawn ? documentPreviewUrl(document.id) : null)}
        at={item.at}
      />
      {document.isFinal ? (
        <Theirs isWide>
          <AnswerCard
            document={document}
            answer={answer}
            imageUrl={imageUrl}
            documents={chat.documents}
            onPress={chat.press}
            onAnother={onAnother}
          />
        </Theirs>
      ) : (
        <Theirs>
          <StageTracker stage={document.result.stage} />
        </Theirs>
      )}
    </>
  );
}
