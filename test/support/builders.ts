import { createHash, randomUUID } from 'node:crypto';
import type { Arrival } from '../../src/channels/channel.ts';
import type { Reading } from '../../src/domain/reading.ts';
import { nothingRead, type Ticket } from '../../src/domain/ticket.ts';

/** A small document that identifies as PNG by its first bytes; different for each `content`. */
export function aPicture(content: string = randomUUID()): Uint8Array {
  return Buffer.concat([Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), Buffer.from(content)]);
}

export function anArrival(changes: Partial<Arrival> = {}): Arrival {
  const source = { channel: 'webchat', account: 'web', chat: 'chat-1', message: randomUUID(), attachment: 0 };
  return { companyId: 'acme', source, fileName: 'recibo.png', bytes: aPicture(), language: 'es', ...changes };
}

export function aTicket(changes: Partial<Ticket> = {}): Ticket {
  const at = new Date('2026-01-15T12:00:00Z');
  const bytes = aPicture();
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return {
    id: randomUUID(),
    companyId: 'acme',
    source: { channel: 'webchat', account: 'web', chat: 'chat-1', message: randomUUID(), attachment: 0 },
    language: 'es',
    priority: 'NORMAL',
    profile: 'balanced',
    file: { sha256, name: 'recibo.png', mime: 'image/png', sizeBytes: bytes.byteLength },
    metadata: {},
    stage: 'UPLOADED',
    history: [{ stage: 'UPLOADED', at, reason: null }],
    ...nothingRead,
    duplicateOf: null,
    createdAt: at,
    updatedAt: at,
    ...changes,
  };
}

/** One page with the given rows, one line each. */
export function aReading(...rows: string[]): Reading {
  const lines = rows.map((text, row) => {
    const [top, bottom] = [row * 20, row * 20 + 16];
    const right = text.length * 10;
    const quad: Reading['pages'][number]['lines'][number]['quad'] = [
      [0, top],
      [right, top],
      [right, bottom],
      [0, bottom],
    ];
    return { text, confidence: 0.95, quad, row, words: [{ text, confidence: 0.95, quad }] };
  });
  const page = { number: 1, width: 400, height: rows.length * 20, angle: 0, lines };
  return { provider: 'paddle', profile: 'balanced', confidence: 0.95, ms: 10, pages: [page] };
}
