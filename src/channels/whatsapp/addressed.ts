import { jidDecode } from '@whiskeysockets/baileys';
import type { Heard } from './content.ts';

interface Us {
  id: string;
  lid: string;
}

/** In a group: whether the message mentions us or answers one of ours. */
export function isAddressed({ mentions, quoted }: Heard, us: Us): boolean {
  return [...mentions, quoted?.participant ?? ''].some((jid) => isUs(jid, us));
}

/** The text without our name: `@5215512345678 ayuda` becomes `ayuda`. */
export function withoutMention(text: string, us: Us): string {
  const users = [us.id, us.lid].flatMap((jid) => jidDecode(jid)?.user ?? []);
  return users.reduce((rest, user) => rest.replaceAll(`@${user}`, ''), text).trim();
}

function isUs(jid: string, { id, lid }: Us): boolean {
  const decoded = jidDecode(jid);
  if (!decoded) return false;
  return [id, lid].some((own) => {
    const ours = jidDecode(own);
    return ours?.user === decoded.user && ours.server === decoded.server;
  });
}
