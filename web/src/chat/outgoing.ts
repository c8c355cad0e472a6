import type { Outgoing } from './chat-state.ts';
import { newMessageId } from './message-id.ts';

/** More than the server reads of one request: it would hang up in the middle, which looks like a lost connection. */
const mostBytes = 100 * 1024 * 1024;

/** A chosen file as a message of its own. One that no server would take is refused here, with `tooLarge` as the reason. */
export function outgoingOf(file: File, tooLarge: string): Outgoing {
  const isShown = /^image\/(jpeg|png|gif|webp|bmp|avif)$/.test(file.type);
  const isTooLarge = file.size > mostBytes;
  return {
    message: newMessageId(),
    file,
    previewUrl: isShown && !isTooLarge ? URL.createObjectURL(file) : null,
    percent: 0,
    state: isTooLarge ? 'refused' : 'waiting',
    reason: isTooLarge ? tooLarge : '',
    at: new Date().toISOString(),
  };
}
