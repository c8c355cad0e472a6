import { z } from 'zod';
import type { GmailApi } from './gmail-api.ts';
import { refusalOf } from './google-error.ts';

/** Of a mailbox that is empty: everything comes after it. */
const beginning = '1';

/** Up to where a mailbox goes now. A gateway that has no profile is asked for its newest mail. */
export async function currentHistoryId(api: GmailApi): Promise<string> {
  const profile = await profileOf(api);
  if (profile) return profile.historyId;
  const [newest] = (await api.messages(1)).messages;
  return newest ? (await api.minimal(newest.id)).historyId : beginning;
}

/** The mailbox's address in lower case: what the API says, else what came with the token. Null where neither tells. */
export async function addressOf(api: GmailApi, idToken: string | undefined): Promise<string | null> {
  const address = (await profileOf(api))?.emailAddress ?? emailIn(idToken);
  return address?.trim().toLowerCase() ?? null;
}

async function profileOf(api: GmailApi) {
  try {
    return await api.profile();
  } catch (error) {
    if (refusalOf(error) === 'gone') return null;
    throw error;
  }
}

const Claims = z.object({ email: z.email() });

/** From the token endpoint itself, so its signature need not be checked (OpenID Connect Core 1.0, 3.1.3.7). */
function emailIn(idToken: string | undefined): string | null {
  try {
    const claims: unknown = JSON.parse(Buffer.from(idToken?.split('.')[1] ?? '', 'base64url').toString());
    return Claims.parse(claims).email;
  } catch {
    return null;
  }
}
