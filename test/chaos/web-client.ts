import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';

const History = z.object({
  entries: z.array(
    z.object({
      type: z.string(),
      id: z.string(),
      ticketId: z.string().nullish(),
      text: z.string().optional(),
      isFinal: z.boolean().optional(),
      stages: z.array(z.object({ stage: z.string() })).optional(),
      result: z.object({ stage: z.string(), fields: z.record(z.string(), z.object({ value: z.string() })) }).nullish(),
    }),
  ),
});
export type History = z.infer<typeof History>;
const Receipt = z.object({ ticketId: z.string() });

const pauseMs = 200;
const requestTimeoutMs = 20_000;

/** A browser's part: one chat, requests repeated with the same message id until they are answered. */
export async function openChat(address: string) {
  const cookie = await persistently(async () => {
    const answer = await get(`${address}/api/webchat/messages`);
    return answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  });

  async function send(message: string, name: string, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
    return persistently(async () => {
      const body = new FormData();
      body.append('message', message);
      body.append('files', new Blob([bytes], { type: 'image/png' }), name);
      const request = { method: 'POST', body, headers: { cookie }, signal: AbortSignal.timeout(requestTimeoutMs) };
      const answer = await fetch(`${address}/api/webchat/documents`, request);
      if (answer.status !== 202) throw new Error(`status ${answer.status}`);
      return Receipt.parse(await answer.json()).ticketId;
    });
  }

  async function history(): Promise<History> {
    return persistently(async () => {
      const answer = await get(`${address}/api/webchat/messages`, { cookie });
      return History.parse(await answer.json());
    });
  }

  return { send, history };
}

async function get(url: string, headers: Record<string, string> = {}): Promise<Response> {
  const answer = await fetch(url, { headers, signal: AbortSignal.timeout(requestTimeoutMs) });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  return answer;
}

async function persistently<T>(request: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + 180_000;
  for (;;) {
    try {
      return await request();
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await pause(pauseMs);
  }
}
