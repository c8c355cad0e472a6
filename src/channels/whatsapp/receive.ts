import type { WASocket } from '@whiskeysockets/baileys';
import type { Access } from '../../conversation/conversation.ts';
import { Failure } from '../../domain/failure.ts';
import type { Language } from '../../domain/language.ts';
import { ticketIdOf } from '../../domain/ticket-id.ts';
import type { DescribeFailure } from '../../http/error-handler.ts';
import type { ChannelUpdates, Update } from '../../store/channel-updates.ts';
import type { Quoted } from '../../store/chat-outbox.ts';
import type { Intake } from '../channel.ts';
import { type Content, hear, type Media } from './content.ts';
import { keyOfUpdate } from './journal.ts';
import { type KeptMessage, keyOf, messageOf, withMessage } from './kept-message.ts';
import type { Line } from './line.ts';
import { MediaGone } from './media.ts';
import type { Names } from './names.ts';
import { type Outgoing, underWay } from './outgoing.ts';
import { here } from './settings.ts';
import { whatsappTexts } from './texts.ts';
import { withinTime } from './within-time.ts';

/** A phone that is on uploads a picture again within this. */
const reuploadMs = 10_000;
const maxCaptionLength = 500;

export interface ReceiveDeps {
  intake: Intake;
  download(media: Media): Promise<Uint8Array>;
  updates: Pick<ChannelUpdates, 'amend'>;
  line: Pick<Line, 'current'>;
  outgoing: Outgoing;
  describeFailure: DescribeFailure;
}

export interface Incoming {
  update: Update;
  kept: KeptMessage;
  names: Names;
  access: Extract<Access, { kind: 'linked' }>;
  content: Extract<Content, { kind: 'document' }>;
  quoted: Quoted;
}

/**
 * Takes in one document; its ticket's id follows from the message, so that this may be done again. What the sender can mend is answered.
 * @throws {Failure} recovery `retry` when the media host, the sender's phone or the database is away.
 */
export function createReceive({ intake, download, updates, line, outgoing, describeFailure }: ReceiveDeps) {
  return async function receive(incoming: Incoming): Promise<string> {
    const { update, names, access, content, quoted } = incoming;
    const { companyId, language } = access;
    const source = { ...here, chat: names.chat, message: keyOfUpdate(update.id), attachment: 0 };
    const ticketId = ticketIdOf(companyId, source);
    try {
      const bytes = await fetched(incoming);
      const caption = content.caption ? { caption: content.caption.slice(0, maxCaptionLength) } : {};
      const metadata = { sender: names.sender, ...caption };
      await intake({ companyId, source, fileName: content.name, bytes, language, metadata });
    } catch (error) {
      if (!(error instanceof Failure) || error.recovery !== 'ask') throw error;
      const text = refusalText(error, language);
      await outgoing.say(names.chat, { text }, { id: update.id, quoted, ticketId });
      await outgoing.mark(names.chat, quoted, '❌', ticketId);
      return error.code;
    }
    await outgoing.mark(names.chat, quoted, underWay, ticketId);
    return 'kept';
  };

  async function fetched(incoming: Incoming): Promise<Uint8Array> {
    const { media } = incoming.content;
    if (media === null) throw new Failure('damaged-file', 'ask', 'the message does not say where its file is');
    try {
      return await download(media);
    } catch (error) {
      if (!(error instanceof MediaGone)) throw error;
      return download(await uploadedAgain(incoming));
    }
  }

  /** Asks the sender's phone to upload the file once more; it may be off, so the message waits and the sender knows. */
  async function uploadedAgain({ update, kept, names, access, content, quoted }: Incoming): Promise<Media> {
    const socket = line.current();
    if (socket) {
      const message = await reupload(socket, kept).catch((error: unknown) => {
        if (isRefusedByPhone(error)) throw new Failure('not-found', 'ask', 'the phone no longer has it either');
        return null;
      });
      const again = message && hear(message, content.name).content;
      if (message && again?.kind === 'document' && again.media) {
        await updates.amend(update.id, withMessage(kept, message));
        return again.media;
      }
    }
    const text = whatsappTexts[access.language].asked;
    await outgoing.say(names.chat, { text }, { id: `${update.id}:asked`, quoted });
    throw new Failure('channel-unavailable', 'retry', 'the media is gone, and the phone has not uploaded it again yet');
  }

  async function reupload(socket: WASocket, kept: KeptMessage) {
    const message = messageOf(kept);
    const asked = socket.updateMediaMessage({ key: keyOf(kept), message });
    return (await withinTime(asked, reuploadMs)).message ?? null;
  }

  function refusalText({ code }: Failure, language: Language): string {
    const words = whatsappTexts[language];
    if (code === 'too-large') return words.tooBig;
    if (code === 'not-found') return words.gone;
    return code === 'damaged-file' ? words.damaged : describeFailure(code, language);
  }
}

export type Receive = ReturnType<typeof createReceive>;

/** The phone's own word, as Baileys passes it on: 404 (no longer there) or 412 (it cannot be decrypted). */
function isRefusedByPhone(error: unknown): boolean {
  const output = error instanceof Error && 'output' in error ? error.output : null;
  const status = typeof output === 'object' && output !== null && 'statusCode' in output ? output.statusCode : 0;
  return status === 404 || status === 412;
}
