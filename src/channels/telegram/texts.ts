import type { Language } from '../../domain/language.ts';
import type { Stage } from '../../domain/stage.ts';

/** What only Telegram has to say; answers about documents and the conversation come from elsewhere. */
interface Texts {
  /** While a document is under way; final stages have an answer. */
  stages: Partial<Record<Stage, string>>;
  severalUnderWay: (done: number, all: number) => string;
  severalDone: (all: number) => string;
  wrongKind: string;
  tooBig: string;
  gone: string;
  tooMany: string;
  oldButton: string;
  commands: Readonly<Record<string, string>>;
}

const es: Texts = {
  stages: {
    UPLOADED: '📥 Recibido. En un momento lo leo…',
    OCR_PROCESSING: '🔎 Leyendo…',
    MERCHANT_CLASSIFICATION: '🏪 Reconociendo el comercio…',
    FIELD_EXTRACTION: '🧾 Buscando los datos…',
    AUTOMATION_QUEUE: '🧾 En cola para facturar…',
    WEB_AUTOMATION: '🧾 Pidiendo la factura…',
    COMPLIANCE: '🧾 Comprobando la factura…',
  },
  severalUnderWay: (done, all) => `📥 Recibí ${all} documentos. Listos: ${done} de ${all}…`,
  severalDone: (all) => `Terminé tus ${all} documentos:`,
  wrongKind: 'Esto no lo puedo leer 🙂 Envíame una foto del recibo o un PDF.',
  tooBig:
    'El archivo pesa demasiado: Telegram me deja descargar hasta 20 MB y yo leo hasta 16 MB. Envíalo como foto (no como archivo) o solo las páginas del recibo.',
  gone: 'Telegram ya no tiene ese archivo. Envíalo otra vez, por favor.',
  tooMany:
    'Me llegaron demasiados mensajes juntos y no pude atenderlos todos. Espera un momento y envía el resto después.',
  oldButton: 'Ese botón es de un mensaje antiguo. Escribe /estado para ver tus últimos documentos.',
  commands: {
    start: 'Empezar',
    ayuda: 'Qué puedo hacer',
    estado: 'Tus últimos documentos',
    facturas: 'Tus facturas',
    gastos: 'Gastos del mes',
    exportar: 'Exportar a Excel o CSV',
    datos: 'Tus datos fiscales',
    corregir: 'Corregir un dato',
    cancelar: 'Dejar lo que estabas haciendo',
    vincular: 'Vincular esta u otra cuenta',
    idioma: 'Cambiar el idioma',
  },
};

const en: Texts = {
  stages: {
    UPLOADED: '📥 Got it. I will read it in a moment…',
    OCR_PROCESSING: '🔎 Reading…',
    MERCHANT_CLASSIFICATION: '🏪 Recognising the shop…',
    FIELD_EXTRACTION: '🧾 Looking for the details…',
    AUTOMATION_QUEUE: '🧾 Waiting to be invoiced…',
    WEB_AUTOMATION: '🧾 Asking for the invoice…',
    COMPLIANCE: '🧾 Checking the invoice…',
  },
  severalUnderWay: (done, all) => `📥 I got ${all} documents. Done: ${done} of ${all}…`,
  severalDone: (all) => `Your ${all} documents are done:`,
  wrongKind: 'I cannot read this 🙂 Send me a photo of the receipt or a PDF.',
  tooBig:
    'The file is too big: Telegram lets me download up to 20 MB and I read up to 16 MB. Send it as a photo (not as a file), or only the pages of the receipt.',
  gone: 'Telegram no longer has that file. Please send it again.',
  tooMany:
    'Too many messages came at once and I could not take them all. Please wait a moment and send the rest later.',
  oldButton: 'That button belongs to an old message. Write /estado to see your latest documents.',
  commands: {
    start: 'Start',
    ayuda: 'What I can do',
    estado: 'Your latest documents',
    facturas: 'Your invoices',
    gastos: 'Spending this month',
    exportar: 'Export to Excel or CSV',
    datos: 'Your tax details',
    corregir: 'Correct a value',
    cancelar: 'Leave what you were doing',
    vincular: 'Link this or another account',
    idioma: 'Change the language',
  },
};

const pt: Texts = {
  stages: {
    UPLOADED: '📥 Recebido. Já vou ler…',
    OCR_PROCESSING: '🔎 Lendo…',
    MERCHANT_CLASSIFICATION: '🏪 Reconhecendo o estabelecimento…',
    FIELD_EXTRACTION: '🧾 Procurando os dados…',
    AUTOMATION_QUEUE: '🧾 Na fila para faturar…',
    WEB_AUTOMATION: '🧾 Pedindo a fatura…',
    COMPLIANCE: '🧾 Conferindo a fatura…',
  },
  severalUnderWay: (done, all) => `📥 Recebi ${all} documentos. Prontos: ${done} de ${all}…`,
  severalDone: (all) => `Terminei os seus ${all} documentos:`,
  wrongKind: 'Isto eu não consigo ler 🙂 Envie uma foto do recibo ou um PDF.',
  tooBig:
    'O arquivo pesa demais: o Telegram me deixa baixar até 20 MB e eu leio até 16 MB. Envie como foto (não como arquivo) ou só as páginas do recibo.',
  gone: 'O Telegram não tem mais esse arquivo. Envie de novo, por favor.',
  tooMany: 'Chegaram mensagens demais de uma vez e não pude atender todas. Espere um momento e envie o resto depois.',
  oldButton: 'Esse botão é de uma mensagem antiga. Escreva /estado para ver os seus últimos documentos.',
  commands: {
    start: 'Começar',
    ajuda: 'O que posso fazer',
    estado: 'Os seus últimos documentos',
    faturas: 'As suas faturas',
    gastos: 'Gastos do mês',
    exportar: 'Exportar para Excel ou CSV',
    dados: 'Os seus dados fiscais',
    corrigir: 'Corrigir um dado',
    cancelar: 'Deixar o que estava fazendo',
    vincular: 'Vincular esta ou outra conta',
    idioma: 'Mudar o idioma',
  },
};

export const telegramTexts: Readonly<Record<Language, Texts>> = { es, en, pt };
