import type { ConversationTexts } from './texts.ts';

export const es: ConversationTexts = {
  itself: 'Español',
  help: `¡Hola! Soy Recibot. Mándame la foto de un recibo (o un PDF, una factura XML o un comprobante de pago) y te devuelvo sus datos, listos y ordenados.

Para que salga bien: el recibo completo, plano y con buena luz. Si lo envías como archivo se lee aún mejor.

/estado – cómo van tus documentos
/facturas – las últimas, con fecha y total
/gastos – lo gastado en el mes, con gráfica (también: gastos marzo)
/exportar – los documentos de un mes, en Excel o CSV
/corregir – cambiar un dato que leí mal
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
  whichMonth: 'No reconozco ese mes. Escríbelo así: 2026-03, marzo o marzo 2026.',
  buttons: {
    status: 'Estado',
    invoices: 'Facturas',
    expenses: 'Gastos',
    language: 'Idioma',
    exportMonth: 'Exportar',
    cancel: 'Cancelar',
  },
  cancelled: 'Cancelado. No cambié nada.',
  fix: {
    whichTicket: '¿Cuál corregimos?',
    whichField: '¿Qué dato corregimos?',
    confirm: '✅ Así está bien',
    another: '✏️ Corregir otro',
    notFound: 'No encontré ese documento.',
    notNow: 'Ese documento no se puede corregir ahora.',
    nothingToRepeat: 'Ese documento no necesita leerse otra vez.',
    again: 'Lo leo otra vez.',
    confirmed: 'Gracias, lo doy por bueno.',
    corrected: (shown) => `Corregido. ${shown}`,
    askValue: (field, format) => `${field}: escribe el valor correcto (${format}).`,
    wrongValue: (field, format) => `Eso no parece valer para «${field}». Escríbelo así: ${format}.`,
    formats: {
      amount: 'por ejemplo 1234.50',
      day: 'por ejemplo 19/03/2026',
      time: 'por ejemplo 18:05',
      currency: 'tres letras, por ejemplo MXN',
      'payment-method': 'efectivo, tarjeta, crédito, débito o transferencia',
      identifier: 'letras y números, sin espacios',
      digits: 'solo números',
      words: 'como aparece en el documento',
    },
  },
  status: {
    none: 'Aún no tienes documentos. Mándame la foto de un recibo para empezar.',
    underWay: 'En camino:',
    latest: 'Últimos:',
  },
  invoices: { title: 'Tus recibos y facturas:', older: 'Anteriores ▶', noOlder: 'No hay anteriores.' },
  exported: {
    whichFormat: '¿En qué formato lo quieres?',
    title: (month, count) => `Documentos de ${month}: ${count}.`,
    none: (month) => `No hay documentos de ${month}.`,
    cut: (count) => `Son los primeros ${count}; hay más.`,
    kind: 'Tipo',
    stage: 'Estado',
    file: 'Archivo',
  },
  expenses: {
    title: (month) => `Gastos de ${month}`,
    none: (month) => `No hay gastos registrados en ${month}.`,
    documentsOf: (count) => (count === 1 ? '1 documento' : `${count} documentos`),
    others: (count) => `Otros ${count}`,
    unreviewed: (count) =>
      count === 1
        ? 'Falta revisar 1 documento, que no está sumado.'
        : `Falta revisar ${count} documentos, que no están sumados.`,
    cut: 'Son demasiados documentos para sumarlos aquí: faltan algunos. Usa /exportar.',
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
