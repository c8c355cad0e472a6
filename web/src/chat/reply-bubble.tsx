import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { ReplyEntry } from '../../../src/channels/webchat/chat-entry.ts';
import { useWords } from '../i18n/use-words.tsx';
import { replyFileUrl } from '../net/api.ts';
import classes from './chat.module.css';
import { partsOf } from './command-parts.ts';
import { sizeText } from './size-text.ts';
import { Theirs } from './theirs.tsx';
import type { Chat } from './use-chat.ts';

/** What Recibot replied: its file, its words, in which a command can be clicked, and its buttons. */
export function ReplyBubble({ reply, chat }: { reply: ReplyEntry; chat: Chat }) {
  const rows = reply.buttons.filter((row) => row.length > 0);
  return (
    <Theirs>
      {reply.file && <ReplyFile reply={reply} file={reply.file} />}
      {reply.text && <ReplyText text={reply.text} onCommand={chat.say} />}
      {rows.length > 0 && (
        <div className={classes.choices}>
          {rows.map((row) => (
            <div key={row.map(({ data }) => data).join(' ')} className={classes.choiceRow}>
              {row.map(({ label, data }) => (
                <Button key={data} size="sm" variant="light" onClick={() => chat.press(plain(label), data)}>
                  {plain(label)}
                </Button>
              ))}
            </div>
          ))}
        </div>
      )}
    </Theirs>
  );
}

/** Without the picture that messengers have in place of a button's colour; marks that say something stay. */
function plain(label: string): string {
  return label.replace(/^(?![⚠◀▶])\p{Extended_Pictographic}\uFE0F?\s*/u, '');
}

function ReplyText({ text, onCommand }: { text: string; onCommand(text: string): void }) {
  return (
    <p className={classes.replyText}>
      {partsOf(text).map(({ at, text: part, isCommand }) =>
        isCommand ? (
          <button key={at} type="button" className={classes.command} onClick={() => onCommand(part)}>
            {part}
          </button>
        ) : (
          part
        ),
      )}
    </p>
  );
}

function ReplyFile({ reply, file }: { reply: ReplyEntry; file: NonNullable<ReplyEntry['file']> }) {
  const { texts } = useWords();
  const url = replyFileUrl(reply.id);
  if (file.mime === 'image/png') {
    return (
      <a className={classes.picture} href={url} target="_blank" rel="noreferrer">
        <img src={url} alt={reply.text.split('\n')[0] ?? file.name} />
      </a>
    );
  }
  return (
    <Button
      component="a"
      href={url}
      download={file.name}
      variant="default"
      mb={8}
      leftSection={<IconDownload size={18} aria-hidden />}
      styles={{ label: { whiteSpace: 'normal' } }}
    >
      {file.name} · {sizeText(file.sizeBytes, texts.locale)}
    </Button>
  );
}
