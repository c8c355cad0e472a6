import type { ConversationTexts } from './texts.ts';

export const es: ConversationTexts = {
  itself: 'Español',
  help: `¡Hola! Soy Recibot. Mándame la foto de un recibo (o un PDF, una factura XML o un comprobante de pago) y te devuelvo sus datos, listos y ordenados.

Para que salga bien: el recibo completo, plano y con buena luz. Si lo envías como archivo se lee aún mejor.

/estado – cómo van tus documentos
/vincular – usar Recibot desde otro chat
/idioma – español o inglés
/ayuda – este mensaje`,
  hint: 'No te entendí. Mándame la foto de un recibo o escribe /ayuda.',
  notYet: 'Eso todavía no lo sé hacer. Escribe /ayuda para ver lo que sí.',
  oldButton: 'Ese botón ya no vale. Escribe /ayuda para ver lo que puedo hacer.',
  nothingToCancel: 'No hay nada que cancelar.',
  stranger:
    '¡Hola! Soy Recibot. Para atenderte necesito un código de acceso: pídeselo a quien administra Recibot en tu empresa y envíamelo aquí.',
  linked: '¡Listo! Ya estás dentro.',
  welcome: '¡Bienvenido!',
  alreadyLinked: 'Este chat ya está vinculado; no hace falta ningún código.',
  wrongCode: 'Ese código no vale: quizá ya se usó o caducó. Pide uno nuevo y envíamelo.',
  tooManyCodes: 'Demasiados intentos. Espera una hora y pide un código nuevo.',
  linkCode: (code) =>
    `Para usar Recibot también desde otro chat, envía allí este código:\n\n${code}\n\nVale 15 minutos y una sola vez. No lo compartas: quien lo use entra como tú.`,
  whichLanguage: '¿En qué idioma te escribo?',
  languageSet: 'De acuerdo, te escribo en español.',
  buttons: { status: 'Estado', language: 'Idioma' },
  status: {
    none: 'Aún no tienes documentos. Mándame la foto de un recibo para empezar.',
    underWay: 'En camino:',
    latest: 'Últimos:',
  },
  stages: {
    UPLOADED: 'recibido',
    OCR_PROCESSING: 'leyendo',
    MERCHANT_CLASSIFICATION: 'buscando el comercio',
    FIELD_EXTRACTION: 'sacando los datos',
    AUTOMATION_QUEUE: 'en espera de facturar',
    WEB_AUTOMATION: 'facturando',
    COMPLIANCE: 'comprobando la factura',
    COMPLETED: 'listo',
    HUMAN_REVIEW: 'por revisar',
    FAILED: 'no se pudo',
    DUPLICATE: 'repetido',
  },
};
