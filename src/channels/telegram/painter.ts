import { createHash } from 'node:crypto';
import type { Stage } from '../../domain/stage.ts';
import type { Card, ChatCards } from '../../store/chat-cards.ts';
import type { BotApi } from './bot-api.ts';
import { type Deliver, type Delivered, isUnchanged } from './delivery.ts';
import { type Rendered, renderCard } from './render-card.ts';

export interface PainterDeps {
  cards: Pick<ChatCards, 'get' | 'shown' | 'settle'>;
  api: Pick<BotApi, 'send' | 'edit'>;
  deliver: Deliver;
  /** How far documents are, as the follower last saw them. */
  stages: ReadonlyMap<string, Stage>;
}

/**
 * Brings a card's message to what the card says: sends it once, edits it from then on, and does nothing when it shows that
 * already. Who asks for a card that waits for its turn shares that turn, so a burst of changes becomes one edit.
 */
export function createPainter({ cards, api, deliver, stages }: PainterDeps) {
  const waiting = new Map<string, Promise<void>>();
  const working = new Map<string, Promise<void>>();

  /** Resolves when the chat shows the card as it was when this was called, or newer. @throws {Failure} as `deliver` does. */
  function paint(id: string): Promise<void> {
    const before = waiting.get(id);
    if (before) return before;
    const turn = (working.get(id) ?? Promise.resolve())
      .catch(() => undefined)
      .then(() => {
        waiting.delete(id);
        const work = bringUpToDate(id).finally(() => working.get(id) === work && working.delete(id));
        working.set(id, work);
        return work;
      });
    waiting.set(id, turn);
    return turn;
  }

  async function bringUpToDate(id: string): Promise<void> {
    const card = await cards.get(id);
    if (!card) return;
    if (fingerprint(renderCard(card, stages)) !== card.shown) await show(id, card.chat);
    if (card.pendingSince) await cards.settle(id, card.pendingSince);
  }

  async function show(id: string, chat: string): Promise<void> {
    const sent = await deliver(chat, async () => {
      // Looked at again when the chat's turn has come: by then there may be more to show.
      const card = await cards.get(id);
      if (!card) return null;
      const rendered = renderCard(card, stages);
      return { messageId: await put(card, rendered), shown: fingerprint(rendered) };
    });
    await note(id, sent);
  }

  async function put(card: Card, rendered: Rendered): Promise<number> {
    const { chat, messageId } = card;
    if (messageId === null) return api.send(chat, { ...rendered, ...replyTo(card) });
    try {
      await api.edit(chat, messageId, rendered);
    } catch (error) {
      const reason = error instanceof Error ? error.message : '';
      if (!isGone(reason) && !isUnchanged(reason)) throw error;
      if (isGone(reason)) return api.send(chat, { ...rendered, ...replyTo(card) });
    }
    return messageId;
  }

  /** What Telegram will never take is not tried again until there is something else to show. */
  async function note(id: string, sent: Delivered<{ messageId: number; shown: string } | null>): Promise<void> {
    if (sent.kind === 'sent') {
      if (sent.value) await cards.shown(id, sent.value.messageId, sent.value.shown);
      return;
    }
    const card = await cards.get(id);
    if (card) await cards.shown(id, card.messageId, fingerprint(renderCard(card, stages)));
  }

  return {
    paint,
    /** Cards that have not had their turn yet. */
    backlog: () => waiting.size,
  };
}

export type Painter = ReturnType<typeof createPainter>;

function fingerprint(rendered: Rendered): string {
  return createHash('sha256').update(JSON.stringify(rendered)).digest('hex').slice(0, 16);
}

/** A single document's answer quotes it; of several the first. */
function replyTo({ items }: Card): { replyTo?: number } {
  const message = Number(items[0]?.message);
  return Number.isSafeInteger(message) ? { replyTo: message } : {};
}

/** The person deleted our message, or it has become too old to be edited. */
function isGone(reason: string): boolean {
  return /message to edit not found|message can't be edited|MESSAGE_ID_INVALID/.test(reason);
}
