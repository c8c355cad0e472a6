import { gmail } from '@googleapis/gmail';
import { z } from 'zod';
import type { Clock } from '../../../domain/clock.ts';
import { createBoundedFetch } from './bounded-fetch.ts';
import { GoogleError, googleErrorOf } from './google-error.ts';

export interface GmailLimits {
  callMs: number;
  /** For a whole mail. */
  mailMs: number;
  answerBytes: number;
}

/** Whole mails come in one answer, as base64 in JSON: Gmail takes in mails of up to 50 MB. */
const usualLimits: GmailLimits = { callMs: 20_000, mailMs: 90_000, answerBytes: 75_000_000 };

/** A gateway's number is taken only while it is exact. */
const HistoryId = z.union([z.string().regex(/^\d{1,40}$/), z.int().nonnegative().transform(String)]);
/** Opaque; the length is ours, since it becomes part of keys. */
const GmailId = z.string().regex(/^[\w.@+-]{1,150}$/);
const Reference = z.object({ id: GmailId, threadId: GmailId });
export type Reference = z.infer<typeof Reference>;
const LabelIds = z.array(z.string()).default([]);

const Profile = z.object({ emailAddress: z.string().min(3), historyId: HistoryId });
const HistoryMessage = z.object({ message: Reference.extend({ labelIds: LabelIds }) });
const HistoryRecord = z.object({
  id: HistoryId,
  messagesAdded: z.array(HistoryMessage).default([]),
  labelsRemoved: z.array(HistoryMessage.extend({ labelIds: LabelIds })).default([]),
});
export type HistoryRecord = z.infer<typeof HistoryRecord>;
const HistoryPage = z.object({
  history: z.array(HistoryRecord).default([]),
  historyId: HistoryId,
  nextPageToken: z.string().min(1).optional(),
});
const MessagePage = z.object({ messages: z.array(Reference).default([]), nextPageToken: z.string().min(1).optional() });
const Header = z.object({ name: z.string(), value: z.string() });
const Minimal = Reference.extend({
  labelIds: LabelIds,
  historyId: HistoryId,
  /** Milliseconds since 1970, as text. */
  internalDate: z.string().regex(/^\d{1,16}$/),
});
export type Minimal = z.infer<typeof Minimal>;
const Raw = z.object({ labelIds: LabelIds, raw: z.string().transform((text) => Buffer.from(text, 'base64url')) });
const Labels = z.object({ labels: z.array(z.object({ id: z.string(), name: z.string() })).default([]) });
const Label = z.object({ id: z.string() });
const Thread = z.object({
  messages: z.array(z.object({ payload: z.object({ headers: z.array(Header).default([]) }).optional() })).default([]),
});
const Watch = z.object({ historyId: HistoryId, expiration: z.string().regex(/^\d{1,16}$/) });

interface Options {
  headers: { authorization: string };
  signal: AbortSignal;
  retry: false;
  validateStatus: () => boolean;
  fetchImplementation: typeof fetch;
  responseType: 'text';
}
/** What every method of the client gives; its headers are no longer `Headers` then. */
const Answer = z.object({
  status: z.int(),
  data: z.unknown(),
  headers: z.looseObject({ 'retry-after': z.string().nullable().default(null) }),
});
type Answer = z.infer<typeof Answer>;

/**
 * The calls of the Gmail API that Recibot makes, through Google's client, for the owner of an access token. Each is bounded in time and
 * size and answers what was parsed; none is repeated here (`mailbox-session.ts` says what is). Throws GoogleError.
 */
export function createGmailApi({ rootUrl }: { rootUrl: string }, clock: Clock, limits: GmailLimits = usualLimits) {
  const client = gmail({ version: 'v1', rootUrl });
  const boundedFetch = createBoundedFetch(limits.answerBytes);
  const { users } = client;
  const me = { userId: 'me' };

  return function forToken(accessToken: string, stopping: AbortSignal) {
    async function ask<T>(
      schema: z.ZodType<T>,
      call: (options: Options) => Promise<unknown>,
      limitMs = limits.callMs,
    ): Promise<T> {
      const { status, data, headers } = await answerOf(call, limitMs);
      const body = typeof data === 'string' ? parsed(data) : data;
      if (status < 200 || status >= 300) throw googleErrorOf(status, body, headers['retry-after'], clock.now());
      const found = schema.safeParse(body);
      // Half an answer, or a proxy's page: as if there had been none.
      if (!found.success)
        throw new GoogleError(0, '', `Gmail's answer makes no sense: ${found.error.message.slice(0, 200)}`);
      return found.data;
    }

    async function answerOf(call: (options: Options) => Promise<unknown>, limitMs: number): Promise<Answer> {
      const signal = AbortSignal.any([stopping, AbortSignal.timeout(limitMs)]);
      const headers = { authorization: `Bearer ${accessToken}` };
      const asked = {
        retry: false,
        validateStatus: () => true,
        fetchImplementation: boundedFetch,
        responseType: 'text',
      } as const;
      try {
        return Answer.parse(await call({ ...asked, headers, signal }));
      } catch (cause) {
        const inner = cause instanceof Error && cause.cause instanceof GoogleError ? cause.cause : null;
        throw inner ?? new GoogleError(0, '', `Gmail does not answer: ${messageOf(cause)}`, null, cause);
      }
    }

    return {
      profile: () => ask(Profile, (options) => users.getProfile(me, options)),
      history: (startHistoryId: string, pageToken?: string) =>
        ask(HistoryPage, (options) =>
          users.history.list(
            {
              ...me,
              startHistoryId,
              maxResults: 500,
              historyTypes: ['messageAdded', 'labelRemoved'],
              ...page(pageToken),
            },
            options,
          ),
        ),
      /** Newest first; without spam and trash. */
      messages: (maxResults: number, pageToken?: string) =>
        ask(MessagePage, (options) => users.messages.list({ ...me, maxResults, ...page(pageToken) }, options)),
      minimal: (id: string) => ask(Minimal, (options) => users.messages.get({ ...me, id, format: 'minimal' }, options)),
      raw: (id: string) =>
        ask(Raw, (options) => users.messages.get({ ...me, id, format: 'raw' }, options), limits.mailMs),
      labels: () => ask(Labels, (options) => users.labels.list(me, options)),
      createLabel: (name: string) => {
        const requestBody = { name, labelListVisibility: 'labelShow', messageListVisibility: 'show' };
        return ask(Label, (options) => users.labels.create({ ...me, requestBody }, options));
      },
      modify: (id: string, addLabelIds: string[], removeLabelIds: string[]) => {
        const requestBody = { addLabelIds, removeLabelIds };
        return ask(z.unknown(), (options) => users.messages.modify({ ...me, id, requestBody }, options));
      },
      /** The headers `names` of the mails of a thread. */
      thread: (id: string, names: string[]) =>
        ask(Thread, (options) => users.threads.get({ ...me, id, format: 'metadata', metadataHeaders: names }, options)),
      send: (threadId: string, mail: Uint8Array) => {
        const requestBody = { threadId, raw: Buffer.from(mail).toString('base64url') };
        return ask(Reference, (options) => users.messages.send({ ...me, requestBody }, options));
      },
      watch: (topicName: string) =>
        ask(Watch, (options) => users.watch({ ...me, requestBody: { topicName } }, options)),
    };
  };
}

export type GmailApi = ReturnType<ReturnType<typeof createGmailApi>>;

function page(pageToken: string | undefined) {
  return pageToken === undefined ? {} : { pageToken };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.slice(0, 200);
}
