import type { ChannelView } from '../../../src/api/routes/channels.ts';
import type { Language } from '../../../src/domain/language.ts';

export interface ChannelWords {
  title: string;
  lead: string;
  toChat: string;
  keyTitle: string;
  keyLead: string;
  keyLabel: string;
  enter: string;
  wrongKey: string;
  leave: string;
  noAnswer: string;
  none: string;
  statuses: Record<ChannelView['status'], string>;
  silent: (when: string) => string;
  since: (when: string) => string;
  waiting: (count: number) => string;
  stop: string;
  start: string;
  unlink: string;
  surely: string;
  unlinkNote: string;
  scan: string;
  steps: readonly [string, string, string];
  code: string;
  qrOf: (name: string) => string;
  names: Readonly<Record<string, string>>;
}

const es: ChannelWords = {
  title: 'Canales',
  lead: 'Por dónde llegan los recibos y cómo está cada canal.',
  toChat: 'Ir al chat',
  keyTitle: 'Clave de administración',
  keyLead: 'Es el valor de ADMIN_API_KEY. Si no lo definiste, está en el archivo keys/admin-api-key de DATA_DIR.',
  keyLabel: 'Clave',
  enter: 'Entrar',
  wrongKey: 'Esa clave no es válida.',
  leave: 'Salir',
  noAnswer: 'Recibot no responde. Lo que ves puede haber cambiado; lo intento de nuevo.',
  none: 'Ningún canal ha corrido todavía.',
  statuses: {
    receiving: 'Recibiendo',
    linking: 'Por vincular',
    'logged-out': 'Sesión cerrada',
    retrying: 'Reintentando',
    starting: 'Iniciando',
    stopped: 'Detenido',
  },
  silent: (when) => `Sin noticias desde ${when}`,
  since: (when) => `desde ${when}`,
  waiting: (count) => (count === 1 ? '1 mensaje por enviar' : `${count} mensajes por enviar`),
  stop: 'Detener',
  start: 'Iniciar',
  unlink: 'Desvincular',
  surely: '¿Seguro? Desvincular',
  unlinkNote: 'Olvida la cuenta vinculada. Los documentos se conservan.',
  scan: 'Vincula este canal desde tu teléfono',
  steps: [
    'Abre WhatsApp en el teléfono',
    'Toca Dispositivos vinculados → Vincular un dispositivo',
    'Apunta la cámara a este código',
  ],
  code: 'Código para escribir en el teléfono',
  qrOf: (name) => `Código QR para vincular ${name}`,
  names: { webchat: 'Chat web', inbox: 'Carpeta de entrada' },
};

const en: ChannelWords = {
  title: 'Channels',
  lead: 'The ways in which receipts come, and how each of them is.',
  toChat: 'Go to the chat',
  keyTitle: "Administrator's key",
  keyLead: 'The value of ADMIN_API_KEY. If you set none, it is in the file keys/admin-api-key of DATA_DIR.',
  keyLabel: 'Key',
  enter: 'Enter',
  wrongKey: 'That key is not valid.',
  leave: 'Leave',
  noAnswer: 'Recibot does not answer. What you see may have changed; I am trying again.',
  none: 'No channel has run yet.',
  statuses: {
    receiving: 'Receiving',
    linking: 'To be linked',
    'logged-out': 'Logged out',
    retrying: 'Retrying',
    starting: 'Starting',
    stopped: 'Stopped',
  },
  silent: (when) => `No sign of life since ${when}`,
  since: (when) => `since ${when}`,
  waiting: (count) => (count === 1 ? '1 message to be sent' : `${count} messages to be sent`),
  stop: 'Stop',
  start: 'Start',
  unlink: 'Unlink',
  surely: 'Sure? Unlink',
  unlinkNote: 'Forgets the linked account. Documents are kept.',
  scan: 'Link this channel from your phone',
  steps: ['Open WhatsApp on the phone', 'Tap Linked devices → Link a device', 'Point the camera at this code'],
  code: 'Code to type on the phone',
  qrOf: (name) => `QR code that links ${name}`,
  names: { webchat: 'Web chat', inbox: 'Inbox folder' },
};

const pt: ChannelWords = {
  title: 'Canais',
  lead: 'Por onde chegam os recibos e como está cada canal.',
  toChat: 'Ir para o chat',
  keyTitle: 'Chave de administração',
  keyLead: 'É o valor de ADMIN_API_KEY. Se você não a definiu, está no arquivo keys/admin-api-key de DATA_DIR.',
  keyLabel: 'Chave',
  enter: 'Entrar',
  wrongKey: 'Essa chave não é válida.',
  leave: 'Sair',
  noAnswer: 'O Recibot não responde. O que você vê pode ter mudado; estou tentando de novo.',
  none: 'Nenhum canal rodou ainda.',
  statuses: {
    receiving: 'Recebendo',
    linking: 'Para vincular',
    'logged-out': 'Sessão encerrada',
    retrying: 'Tentando de novo',
    starting: 'Iniciando',
    stopped: 'Parado',
  },
  silent: (when) => `Sem notícias desde ${when}`,
  since: (when) => `desde ${when}`,
  waiting: (count) => (count === 1 ? '1 mensagem a enviar' : `${count} mensagens a enviar`),
  stop: 'Parar',
  start: 'Iniciar',
  unlink: 'Desvincular',
  surely: 'Certeza? Desvincular',
  unlinkNote: 'Esquece a conta vinculada. Os documentos ficam.',
  scan: 'Vincule este canal pelo telefone',
  steps: [
    'Abra o WhatsApp no telefone',
    'Toque em Dispositivos conectados → Conectar',
    'Aponte a câmera para este código',
  ],
  code: 'Código para digitar no telefone',
  qrOf: (name) => `Código QR para vincular ${name}`,
  names: { webchat: 'Chat web', inbox: 'Pasta de entrada' },
};

export const channelWords: Readonly<Record<Language, ChannelWords>> = { es, en, pt };

const ownNames: Readonly<Record<string, string>> = { whatsapp: 'WhatsApp', telegram: 'Telegram', gmail: 'Gmail' };

export function channelName(name: string, words: ChannelWords): string {
  return words.names[name] ?? ownNames[name] ?? name;
}
