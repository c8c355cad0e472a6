import type { Logger } from 'pino';
import type { MailboxMessage, MailboxMessages } from '../../store/mailbox-messages.ts';
import type { Mailbox, Mailboxes } from '../../store/mailboxes.ts';
import { refusalOf } from './google/google-error.ts';
import type { Session } from './google/mailbox-session.ts';
import { markHeader } from './mail/parse-mail.ts';
import { isMarkedBy, replyMail } from './mail/reply-mail.ts';
import { gmailTexts } from './texts.ts';

/** What a mail is labelled with when its tickets have ended. */
const labelNames = { processed: 'Recibot/Procesado', review: 'Recibot/Revisar' } as const;
type LabelName = (typeof labelNames)[keyof typeof labelNames];
const toReview: ReadonlySet<string> = new Set(['HUMAN_REVIEW', 'FAILED']);

export interface FinishMailDeps {
  messages: Pick<MailboxMessages, 'settle'>;
  mailboxes: Pick<Mailboxes, 'change'>;
  log: Logger;
}

/** Puts the label on a mail whose tickets have all ended, and answers in its thread where that was asked for. May be done again. */
export function createFinishMail({ messages, mailboxes, log }: FinishMailDeps) {
  async function finish(session: Session, mailbox: Mailbox, message: MailboxMessage): Promise<void> {
    const label = labelFor(message);
    if (label === null) return messages.settle(message, { label: message.label, said: message.said });
    try {
      if (label !== message.label) await putLabel(session, mailbox, message, label);
      const said = await answer(session, mailbox, message);
      await messages.settle(message, { label, said });
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal !== 'gone' && refusal !== 'refused') throw error;
      log.warn({ err: error }, 'a mail cannot be labelled or answered');
      await messages.settle(message, { label: message.label, said: message.said });
    }
  }

  /** Labels that somebody deleted since are made anew. */
  async function putLabel(
    session: Session,
    mailbox: Mailbox,
    message: MailboxMessage,
    label: LabelName,
  ): Promise<void> {
    try {
      await modify(session, message, await labelIds(session, mailbox), label);
    } catch (error) {
      if (refusalOf(error) !== 'refused') throw error;
      mailbox.labels = {};
      await modify(session, message, await labelIds(session, mailbox), label);
    }
  }

  async function modify(
    session: Session,
    { messageId }: MailboxMessage,
    ids: Record<string, string>,
    label: LabelName,
  ) {
    const [add, remove] = Object.values(labelNames).reduce<[string[], string[]]>(
      ([added, removed], name) => {
        const id = ids[name];
        (name === label ? added : removed).push(...(id === undefined ? [] : [id]));
        return [added, removed];
      },
      [[], []],
    );
    await session.call((api) => api.modify(messageId, add, remove));
  }

  async function labelIds(session: Session, mailbox: Mailbox): Promise<Record<string, string>> {
    if (Object.values(labelNames).every((name) => mailbox.labels[name] !== undefined)) return mailbox.labels;
    const ids: Record<string, string> = {};
    for (const name of Object.values(labelNames)) ids[name] = await labelId(session, name);
    mailbox.labels = ids;
    await mailboxes.change(mailbox.address, { labels: ids });
    return ids;
  }

  /** Another process may make it at the same time: then Gmail refuses the second, and it is found. */
  async function labelId(session: Session, name: LabelName): Promise<string> {
    const find = async () => (await session.call((api) => api.labels())).labels.find((one) => one.name === name)?.id;
    const known = await find();
    if (known !== undefined) return known;
    try {
      return (await session.call((api) => api.createLabel(name))).id;
    } catch (error) {
      const other = refusalOf(error) === 'refused' ? await find() : undefined;
      if (other === undefined) throw error;
      return other;
    }
  }

  /** Looks into the thread first: an answer whose acknowledgement was lost is not sent twice. Returns what has been said. */
  async function answer(session: Session, mailbox: Mailbox, message: MailboxMessage): Promise<string | null> {
    const { taken, answers, threadId, said } = message;
    if (!taken?.reply || taken.ticketIds.length === 0) return said;
    const given = taken.ticketIds.flatMap((id) => answers[id] ?? []);
    const mark = given.map(({ answerId }) => answerId).join(' ');
    if (mark === said) return said;
    const intro = gmailTexts[mailbox.language].answerIntro;
    const text = [intro, ...given.map((one) => one.text)].join('\n\n');
    const mail = replyMail({ ...taken.reply, mark, from: mailbox.address, text });
    await session.call(async (api) => {
      const { messages: sent } = await api.thread(threadId, [markHeader, 'Message-ID']);
      const isThere = sent.some(({ payload }) => payload?.headers.some(({ value }) => isMarkedBy(mark, value)));
      if (!isThere) await api.send(threadId, mail);
    });
    return mark;
  }

  return finish;
}

/** Null while a ticket of it is under way. */
function labelFor({ taken, answers }: MailboxMessage): LabelName | null {
  if (!taken) return null;
  const stages = taken.ticketIds.map((id) => answers[id]?.stage);
  if (stages.includes(undefined)) return null;
  const hasDoubt = taken.hasRefused || stages.some((stage) => toReview.has(stage ?? ''));
  return hasDoubt ? labelNames.review : labelNames.processed;
}
