/** Somebody's mail inside another one, as the forwarding program wrote it down. Nothing of it can be proved. */
export interface Forwarded {
  from: string | null;
  subject: string;
  date: string;
}

type Part = keyof Forwarded | 'to';

/** How Gmail, Outlook and Apple Mail write the lines above a forwarded mail, in Spanish, English and Portuguese. */
const labels: ReadonlyMap<string, Part> = new Map<string, Part>([
  ...(['from', 'de', 'remitente'] as const).map((word) => [word, 'from'] as const),
  ...(['date', 'sent', 'fecha', 'enviado', 'enviado el', 'data', 'enviada', 'enviada em', 'enviado em'] as const).map(
    (word) => [word, 'date'] as const,
  ),
  ...(['subject', 'asunto', 'assunto'] as const).map((word) => [word, 'subject'] as const),
  ...(['to', 'para', 'cc'] as const).map((word) => [word, 'to'] as const),
]);

const forwardPrefix = /^\s*(?:(?:re|rv|fwd?|fw|enc|tr|reenv(?:iado)?)\s*:\s*)*(?:rv|fwd?|fw|enc|reenv(?:iado)?)\s*:/i;
const forwardMark = /forwarded message|mensaje reenviado|mensagem (?:re)?encaminhada/i;
/** More are never opened. */
const maxForwards = 20;
const maxLines = 5_000;

export function isForward(subject: string, text: string): boolean {
  return forwardPrefix.test(subject) || forwardMark.test(text.slice(0, 20_000));
}

/**
 * The mails that are quoted in the text of a forwarded one, outermost first. A block counts when it begins with the sender and says at
 * least three of sender, date, subject and recipient in lines that follow each other; quote marks and bold stars are looked through.
 */
export function quotedForwards(subject: string, text: string): Forwarded[] {
  if (!isForward(subject, text)) return [];
  const lines = text.split(/\r?\n/, maxLines).map((line) =>
    line
      .slice(0, 500)
      .replace(/^[\s>|]+/, '')
      .replace(/\*/g, '')
      .trim(),
  );
  const found: Forwarded[] = [];
  for (let at = 0; at < lines.length && found.length < maxForwards; at += 1) {
    const block = partOf(lines[at] ?? '')?.[0] === 'from' ? blockAt(lines, at) : null;
    if (block) found.push(block);
  }
  return found;
}

/** A recipient list may go over several lines, so one line in between is forgiven. */
function blockAt(lines: readonly string[], start: number): Forwarded | null {
  const values = new Map<Part, string>();
  let strangers = 0;
  for (const line of lines.slice(start, start + 10)) {
    const [part, value] = partOf(line) ?? [];
    if (part !== undefined && value !== undefined && !values.has(part)) values.set(part, value);
    else strangers += part === 'from' ? 2 : 1;
    if (strangers > 1) break;
  }
  if (values.size < 3) return null;
  return {
    from: addressIn(values.get('from') ?? ''),
    subject: values.get('subject') ?? '',
    date: values.get('date') ?? '',
  };
}

function partOf(line: string): [Part, string] | null {
  const [, label = '', value = ''] = /^([\p{L} ]{2,12}?)\s*:\s*(.*)$/u.exec(line) ?? [];
  const part = labels.get(label.toLowerCase());
  return part ? [part, value.slice(0, 300)] : null;
}

function addressIn(text: string): string | null {
  return /[\w.!#$%&'+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+/.exec(text)?.[0].toLowerCase() ?? null;
}
