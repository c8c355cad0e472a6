import type { Language } from '../../domain/language.ts';

/** What only WhatsApp has to say; answers about documents and the conversation come from elsewhere. */
interface Texts {
  wrongKind: string;
  tooBig: string;
  asked: string;
  gone: string;
  damaged: string;
  sealed: string;
  tooMany: string;
  tooBigToSend: (name: string) => string;
}

const es: Texts = {
  wrongKind: 'Esto no lo puedo leer 🙂 Envíame una foto del recibo, un PDF o el XML de la factura.',
  tooBig: 'El archivo pesa demasiado: leo hasta 16 MB. Envíalo como foto, o solo las páginas del recibo.',
  asked:
    'WhatsApp ya no guarda ese archivo. Le pedí a tu teléfono que lo suba otra vez y lo sigo intentando; si tienes prisa, envíamelo de nuevo.',
  gone: 'No pude descargar ese archivo: WhatsApp ya no lo tiene. Envíalo otra vez, por favor.',
  damaged: 'Ese archivo llegó dañado. Envíalo otra vez, por favor.',
  sealed: 'Me llegó un mensaje tuyo que no puedo abrir. Envíalo otra vez, por favor (no como «ver una vez»).',
  tooMany:
    'Me llegaron demasiados mensajes juntos y no pude atenderlos todos. Espera un momento y envía el resto después.',
  tooBigToSend: (name) => `(El archivo ${name} pesa demasiado para enviarlo por aquí.)`,
};

const en: Texts = {
  wrongKind: 'I cannot read this 🙂 Send me a photo of the receipt, a PDF or the invoice’s XML.',
  tooBig: 'The file is too large: I read up to 16 MB. Send it as a photo, or only the pages of the receipt.',
  asked:
    'WhatsApp no longer has that file. I asked your phone to upload it again and keep trying; if you are in a hurry, send it to me once more.',
  gone: 'I could not download that file: WhatsApp no longer has it. Please send it again.',
  damaged: 'That file arrived damaged. Please send it again.',
  sealed: 'A message of yours reached me that I cannot open. Please send it again (not as “view once”).',
  tooMany: 'Too many messages reached me at once and I could not see to them all. Wait a moment, then send the rest.',
  tooBigToSend: (name) => `(The file ${name} is too large to be sent here.)`,
};

const pt: Texts = {
  wrongKind: 'Isto eu não consigo ler 🙂 Envie uma foto do recibo, um PDF ou o XML da nota.',
  tooBig: 'O arquivo é grande demais: leio até 16 MB. Envie como foto, ou só as páginas do recibo.',
  asked:
    'O WhatsApp já não tem esse arquivo. Pedi ao seu telefone que o envie de novo e continuo tentando; se tiver pressa, mande-o outra vez.',
  gone: 'Não consegui baixar esse arquivo: o WhatsApp já não o tem. Envie de novo, por favor.',
  damaged: 'Esse arquivo chegou danificado. Envie de novo, por favor.',
  sealed: 'Recebi uma mensagem sua que não consigo abrir. Envie de novo, por favor (não como “visualização única”).',
  tooMany: 'Recebi mensagens demais de uma vez e não consegui atender todas. Espere um momento e envie o resto depois.',
  tooBigToSend: (name) => `(O arquivo ${name} é grande demais para enviar por aqui.)`,
};

export const whatsappTexts: Readonly<Record<Language, Texts>> = { es, en, pt };
