import { strToU8, zipSync } from 'fflate';
import type { Person } from '../../domain/person.ts';
import { readingText } from '../../domain/reading.ts';
import type { Ticket } from '../../domain/ticket.ts';
import type { Files } from '../../store/files.ts';
import type { OwnData } from '../../store/own/own-data.ts';
import type { Readings } from '../../store/readings.ts';
import type { Asker } from '../asker.ts';
import type { Reply } from '../conversation.ts';
import type { MailLinks } from '../link-mailbox.ts';
import { conversationTexts } from '../texts/texts.ts';

export interface OwnDeps {
  own: OwnData;
  files: Pick<Files, 'get'>;
  readings: Pick<Readings, 'get'>;
  mailLinks?: MailLinks | undefined;
}

/** Telegram's bots may send 50 MB (https://core.telegram.org/bots/api#senddocument, 2026); others more. */
const maxPartBytes = 45_000_000;
/** In the memory at once; what is beyond has to be asked for. */
const maxParts = 4;

type Packed = Record<string, Uint8Array>;

/** Everything of a person as ZIP: a JSON with what is known, and the files as they came. */
export async function exportOwn(deps: OwnDeps, { person, language }: Asker): Promise<Reply[]> {
  const { own } = conversationTexts[language];
  const tickets = await deps.own.ticketsOf(person);
  const about = await aboutOf(deps, person, tickets);
  const { parts, leftOut } = await packed(deps, tickets, about);
  return parts.map((part, index): Reply => {
    const lines = [
      ...(index === 0 ? [own.title(tickets.length)] : []),
      ...(parts.length > 1 ? [own.part(index + 1, parts.length)] : []),
      ...(index === parts.length - 1 && leftOut > 0 ? [own.leftOut(leftOut)] : []),
    ];
    const name = parts.length > 1 ? `mis-datos-${index + 1}.zip` : 'mis-datos.zip';
    return { text: lines.join('\n'), file: { name, mime: 'application/zip', bytes: zipSync(part, { level: 1 }) } };
  });
}

async function aboutOf({ own, readings }: OwnDeps, person: Person, tickets: readonly Ticket[]): Promise<Uint8Array> {
  const documents = [];
  for (const ticket of tickets) {
    const reading = await readings.get(ticket.id);
    documents.push({ ...ticket, packedAs: packedName(ticket), text: reading && readingText(reading) });
  }
  const { id, companyId, roles, name, language, identities, createdAt } = person;
  const record = { id, companyId, roles, name, language, identities, createdAt };
  return strToU8(JSON.stringify({ person: record, documents, messages: await own.messagesOf(person) }, null, 2));
}

async function packed({ files }: OwnDeps, tickets: readonly Ticket[], about: Uint8Array) {
  const parts: Packed[] = [{ 'datos.json': about }];
  let [sizeBytes, leftOut] = [about.length, 0];
  for (const ticket of tickets) {
    const bytes = await files.get(ticket.file.sha256).catch(() => null);
    if (!bytes) continue;
    if (sizeBytes + bytes.length > maxPartBytes) {
      if (parts.length === maxParts) {
        leftOut += 1;
        continue;
      }
      parts.push({});
      sizeBytes = 0;
    }
    sizeBytes += bytes.length;
    Object.assign(parts.at(-1) ?? {}, { [packedName(ticket)]: bytes });
  }
  return { parts, leftOut };
}

/** Without folders, and unique. */
function packedName({ id, file }: Ticket): string {
  return `archivos/${id.slice(0, 8)}-${file.name.replace(/[/\\:*?"<>|]/g, '_').replace(/^\.+/, '_')}`;
}
