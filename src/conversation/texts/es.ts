import { ownEs } from './own.ts';
import { portalEs } from './portal.ts';
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
/facturar – pedir la factura de un ticket (en respuesta a él)
/datos – los datos fiscales para tus facturas
/vincular – usar Recibot desde otro chat
/idioma – español, inglés o portugués
/ayuda – este mensaje`,
  hint: 'No te entendí. Mándame la foto de un recibo o escribe /ayuda.',
  thanks: '¡De nada! Aquí estoy cuando me necesites.',
  hello: '¡Hola! Mándame un recibo y te devuelvo sus datos. ¿O qué quieres ver?',
  onlyInPrivate: 'Eso es personal: escríbeme en privado y te lo digo.',
  notYours: 'Eso solo lo puede hacer quien administra Recibot en tu empresa.',
  oldButton: 'Ese botón ya no vale. Escribe /ayuda para ver lo que puedo hacer.',
  nothingToCancel: 'No hay nada que cancelar.',
  stranger:
    '¡Hola! Soy Recibot. Para atenderte necesito un código de acceso: pídeselo a quien administra Recibot en tu empresa y envíamelo aquí.',
  linked: '¡Listo! Ya estás dentro.',
  alreadyLinked: 'Este chat ya está vinculado; no hace falta ningún código.',
  roleGiven: (roles) => `Listo: ahora también eres ${roles}.`,
  roles: { owner: 'dueño', member: 'miembro', reviewer: 'revisor', operator: 'operador' },
  tooManyMessages: 'Me llegan tus mensajes muy rápido. Espera un minuto y seguimos.',
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
  own: ownEs,
  portal: portalEs,
  numbered: {
    pick: (last) => (last === 1 ? 'Responde 1 para elegirlo.' : `Responde con un número, del 1 al ${last}.`),
    toCancel: 'Para dejarlo, escribe «cancelar».',
  },
  fiscal: {
    title: 'Datos fiscales:',
    none: 'Aún no tengo los datos fiscales para tus facturas. Son seis preguntas cortas.',
    notYours: 'Los datos fiscales los pone quien administra Recibot en tu empresa.',
    begin: 'Empezar',
    change: '✏️ Cambiar',
    saved: 'Guardado. Tus facturas saldrán con estos datos.',
    right: '✅ Guardar',
    again: '✏️ Empezar de nuevo',
    keep: 'Dejar como lo escribí',
    strip: (name) => `Usar «${name}»`,
    checkDigit: '⚠️ El dígito verificador de ese RFC no cuadra. Revísalo en tu Constancia; si está igual, sigue.',
    labels: {
      taxId: 'RFC / NIT',
      name: 'Nombre o razón social',
      regime: 'Régimen fiscal',
      postalCode: 'Código postal',
      cfdiUse: 'Uso del CFDI',
      email: 'Correo',
    },
    ask: {
      taxId: '¿Cuál es el RFC? (o NIT, RIF, RUC, RUT, CUIT)',
      name: '¿Nombre o razón social? Exactamente como en la Constancia de Situación Fiscal.',
      companyKind: 'En la Constancia el nombre va sin el tipo de sociedad («SA DE CV»). ¿Cuál uso?',
      regime: '¿Qué régimen fiscal? Elígelo o escribe su clave.',
      postalCode: '¿Código postal del domicilio fiscal? (5 dígitos)',
      cfdiUse: '¿Qué uso del CFDI? Elígelo o escribe su clave. Lo más común: G03.',
      email: '¿A qué correo llegan las facturas?',
      confirm: '¿Está todo bien?',
    },
    wrong: {
      taxId: 'Eso no tiene la forma de un RFC ni de otra identificación que conozca.',
      name: 'Eso no parece un nombre.',
      companyKind: 'Eso no parece un nombre.',
      regime: 'Esa clave no es de un régimen para ese RFC.',
      postalCode: 'El código postal tiene 5 dígitos.',
      cfdiUse: 'Esa clave no es de un uso del CFDI.',
      email: 'Eso no parece un correo.',
      confirm: 'Usa los botones, o escribe /cancelar.',
    },
  },
  fix: {
    whichTicket: '¿Cuál corregimos?',
    whichField: '¿Qué dato corregimos?',
    confirm: '✅ Así está bien',
    another: '✏️ Corregir otro',
    notFound: 'No encontré ese documento.',
    notNamed: (words) => `No encontré ningún documento «${words}».`,
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
    others: (count) => `Otros ${count} comercios`,
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
