import type { WASocket } from '@whiskeysockets/baileys';
import type { Logger } from 'pino';
import { toString as drawQr } from 'qrcode';
import type { ChannelState } from '../channel.ts';

export interface ShowLinkDeps {
  pairingPhone: string | null;
  /** Writes to the terminal. */
  print(text: string): void;
  enter(status: ChannelState['status'], lastError?: string | null, link?: ChannelState['link']): void;
  log: Logger;
}

export type ShowLink = ReturnType<typeof createShowLink>;

/** Shows what links the account, in the terminal and in the channel's state: a QR code, or, when a phone is set, a code to type on it. */
export function createShowLink({ pairingPhone, print, enter, log }: ShowLinkDeps) {
  const asked = new WeakSet<WASocket>();

  return function showLink(payload: string, socket: WASocket, isLoggedOut: boolean): void {
    const status = isLoggedOut ? 'logged-out' : 'linking';
    const work = pairingPhone === null ? showQr(payload, status) : showCode(pairingPhone, socket, status);
    work.catch((error: unknown) => log.error({ err: error }, 'the code that links WhatsApp cannot be shown'));
  };

  async function showQr(payload: string, status: ChannelState['status']): Promise<void> {
    enter(status, undefined, { qr: payload });
    const picture = await drawQr(payload, { type: 'utf8', errorCorrectionLevel: 'L', margin: 2 });
    print(`\n${blackOnWhite(picture)}\n\n${qrWords}\n\n`);
  }

  /** Once a connection: each request makes the code before it void. */
  async function showCode(phone: string, socket: WASocket, status: ChannelState['status']): Promise<void> {
    if (asked.has(socket)) return;
    asked.add(socket);
    const pairingCode = await socket.requestPairingCode(phone);
    enter(status, undefined, { pairingCode });
    print(`\n  ${codeWords(`${pairingCode.slice(0, 4)}-${pairingCode.slice(4)}`)}\n\n`);
  }
}

/** Whatever the terminal's colours are: an inverted code cannot be scanned. */
function blackOnWhite(picture: string): string {
  return picture.replace(/^.+$/gm, '\u001b[30;107m$&\u001b[0m');
}

const qrWords = `  WhatsApp → Dispositivos vinculados → Vincular un dispositivo, y escanea este código.
  WhatsApp → Linked devices → Link a device, and scan this code.`;

function codeWords(code: string): string {
  return `WhatsApp → Dispositivos vinculados → Vincular con el número de teléfono / Linked devices → Link with phone number:  ${code}`;
}
