import type { Clock } from '../../domain/clock.ts';
import { Failure } from '../../domain/failure.ts';
import type { Language } from '../../domain/language.ts';
import type { DescribeFailure } from '../../http/error-handler.ts';
import type { SpooledFile } from '../../http/spooled-upload.ts';
import type { ChatMessages, Refusal } from '../../store/chat-messages.ts';
import type { Intake } from '../channel.ts';
import type { DocumentReceipt } from './chat-entry.ts';
import { channelName, webAccount } from './chat-log.ts';

export interface ReceiveDeps {
  /** The page's own: what was refused stays with it. */
  companyId: string;
  intake: Intake;
  messages: ChatMessages;
  describeFailure: DescribeFailure;
  clock: Clock;
}

/** One message of a person, with its files. */
export interface Incoming {
  companyId: string;
  chat: string;
  message: string;
  language: Language;
  files: readonly SpooledFile[];
}

/** Takes in a message's files one after the other; a refused one gets Recibot's word in the chat and the others go on. */
export function createReceive(deps: ReceiveDeps) {
  const { companyId: pageCompanyId, intake, messages, describeFailure, clock } = deps;

  async function take(incoming: Incoming, file: SpooledFile, attachment: number): Promise<string> {
    if (file.isTooLarge) throw new Failure('too-large', 'ask', 'file over the limit');
    const { companyId, chat, message, language } = incoming;
    const source = { channel: channelName, account: webAccount, chat, message, attachment };
    const ticket = await intake({ companyId, source, fileName: file.name, bytes: await file.read(), language });
    return ticket.id;
  }

  async function refuse({ chat, message, language }: Incoming, refusal: Omit<Refusal, 'message'>): Promise<void> {
    const id = `${chat}:${message}:${refusal.attachment}:refused`;
    const rest = { text: '', ticketId: null, result: null, at: clock.now() };
    await messages.add({ id, companyId: pageCompanyId, chat, language, refusal: { ...refusal, message }, ...rest });
  }

  return async function receive(incoming: Incoming): Promise<DocumentReceipt[]> {
    const receipts: DocumentReceipt[] = [];
    for (const [attachment, file] of incoming.files.entries()) {
      const name = shownName(file.name);
      try {
        receipts.push({ name, ticketId: await take(incoming, file, attachment), error: null });
      } catch (error) {
        if (!(error instanceof Failure) || error.recovery !== 'ask') throw error;
        await refuse(incoming, { code: error.code, fileName: name, attachment });
        const message = describeFailure(error.code, incoming.language);
        receipts.push({ name, ticketId: null, error: { code: error.code, message } });
      }
    }
    return receipts;
  };
}

/** The sender's name for the file, short and without control characters; it is only ever shown as text. */
function shownName(name: string): string {
  return name.replace(/\p{C}/gu, '').slice(0, 200);
}
