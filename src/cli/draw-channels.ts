import qrcode from 'qrcode';
import type { ChannelView } from '../api/routes/channels.ts';

const statusWords: Readonly<Record<ChannelView['status'], string>> = {
  receiving: 'recibiendo · receiving',
  linking: 'por vincular · linking',
  'logged-out': 'sesión cerrada · logged out',
  retrying: 'reintentando · retrying',
  starting: 'iniciando · starting',
  stopped: 'detenido · stopped',
};
const silent = 'sin noticias · no sign of life';
const headings = [
  'Canal · Channel',
  'Estado · State',
  'Desde · Since',
  'Espera · Waiting',
  'Último error · Last error',
];

/** A table, then for each channel that can be linked now its QR code or the code to type. */
export async function drawChannels(views: readonly ChannelView[]): Promise<string> {
  if (views.length === 0) return '';
  const rows = views.map((view) => [
    view.name,
    view.isStale && view.status !== 'stopped' ? silent : statusWords[view.status],
    minuteOf(view.isStale ? view.seenAt : view.since),
    String(view.waiting),
    (view.lastError ?? '—').replace(/\s+/g, ' ').slice(0, 80),
  ]);
  const links = await Promise.all(views.map(drawLink));
  return `${[drawTable([headings, ...rows]), ...links].filter(Boolean).join('\n')}\n`;
}

function drawTable(rows: readonly string[][]): string {
  const widths = headings.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

async function drawLink({ name, link }: ChannelView): Promise<string> {
  if (link?.pairingCode) {
    return `\n${name}: ${link.pairingCode}\nEscríbelo en el teléfono: Dispositivos vinculados → Vincular con número · Type it on the phone: Linked devices → Link with phone number`;
  }
  if (!link?.qr) return '';
  const picture = await qrcode.toString(link.qr, { type: 'utf8', errorCorrectionLevel: 'L' });
  return `\n${name}: escanéalo con el teléfono, Dispositivos vinculados · scan it with the phone, Linked devices\n\n${picture}`;
}

/** `2026-03-09 14:05`, in the time of this machine. */
function minuteOf(iso: string): string {
  return new Date(iso).toLocaleString('sv-SE', { dateStyle: 'short', timeStyle: 'short' });
}
