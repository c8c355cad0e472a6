import type { Language } from '../../domain/language.ts';

/** What only Gmail has to say; answers about documents come from the notifier. */
interface Texts {
  linked: (address: string) => string;
  linkedAgain: (address: string) => string;
  /** The link to agree. */
  openLink: (url: string, minutes: number) => string;
  unlinked: (addresses: string) => string;
  nothingToUnlink: string;
  suspended: (address: string) => string;
  refused: (address: string, subject: string, lines: string) => string;
  leftOut: (count: number, taken: number) => string;
  tooBig: string;
  broken: string;
  gaveUp: string;
  tooDeep: string;
  noSubject: string;
  answerIntro: string;
  page: {
    done: (address: string) => string;
    doneMore: string;
    expired: string;
    expiredMore: string;
    denied: string;
    deniedMore: string;
    elsewhere: (address: string) => string;
    elsewhereMore: string;
    incomplete: string;
    incompleteMore: string;
    failed: string;
    failedMore: string;
  };
}

const es: Texts = {
  linked: (address) =>
    `✅ Listo: leo el correo de ${address}. Los PDF, XML, ZIP e imágenes que lleguen desde ahora los proceso y les pongo la etiqueta Recibot/Procesado o Recibot/Revisar.\n\nSi te mandas un correo que diga «Recibot», te contesto en el mismo hilo. Para dejarlo: /vincular gmail quitar`,
  linkedAgain: (address) => `✅ Listo: vuelvo a leer ${address} desde donde me había quedado.`,
  openLink: (url, minutes) =>
    `Abre este enlace, elige tu cuenta de Gmail y acepta. Vale ${minutes} minutos y una sola vez; no lo compartas.\n\n${url}`,
  unlinked: (addresses) => `Hecho: ya no leo ${addresses}. Lo que ya recibí se queda.`,
  nothingToUnlink: 'No tienes ningún correo vinculado. Para vincular uno: /vincular gmail',
  suspended: (address) =>
    `⚠️ Google ya no me deja leer ${address} (cambió la contraseña, se retiró el permiso o caducó). Escribe /vincular gmail para conectarlo otra vez; sigo desde donde me quedé y no se pierde nada.`,
  refused: (address, subject, lines) =>
    `📧 En ${address}, del correo «${subject}» no pude tomar todo:\n${lines}\nLe puse la etiqueta Recibot/Revisar.`,
  leftOut: (count, taken) =>
    `• Trae demasiados documentos: tomé los primeros ${taken} y dejé ${count}. Reenvía los demás en otro correo.`,
  tooBig: '• El correo pesa demasiado.',
  broken: '• No se puede abrir: viene dañado.',
  gaveUp: '• No pude leerlo después de varios intentos.',
  tooDeep: '• Viene reenviado demasiadas veces, uno dentro de otro; no abrí los últimos.',
  noSubject: '(sin asunto)',
  answerIntro: 'Esto encontré en tu correo:',
  page: {
    done: (address) => `${address} ya está vinculado`,
    doneMore:
      'Puedes cerrar esta página y volver a tu chat. ¿No lo pediste tú? Quita el permiso en myaccount.google.com/permissions.',
    expired: 'Este enlace ya no vale',
    expiredMore: 'Caducó o ya se usó. Escribe /vincular gmail en tu chat y te doy otro.',
    denied: 'No se dio el permiso',
    deniedMore: 'No vinculé nada. Si fue sin querer, escribe /vincular gmail en tu chat.',
    elsewhere: (address) => `${address} ya está vinculado en otra empresa`,
    elsewhereMore: 'Un correo se lee para una sola empresa. Desvincúlalo allí primero.',
    incomplete: 'Faltó un permiso',
    incompleteMore:
      'Sin el permiso de leer el correo no puedo. Escribe /vincular gmail y deja marcadas todas las casillas.',
    failed: 'Google no contestó como se esperaba',
    failedMore: 'No vinculé nada. Espera un momento y escribe /vincular gmail en tu chat.',
  },
};

const en: Texts = {
  linked: (address) =>
    `✅ Done: I read the mail of ${address}. From now on I process the PDF, XML, ZIP and image files that arrive and label them Recibot/Procesado (processed) or Recibot/Revisar (to review).\n\nSend yourself a mail that says “Recibot” and I answer in its thread. To stop: /link gmail remove`,
  linkedAgain: (address) => `✅ Done: I read ${address} again, from where I had stopped.`,
  openLink: (url, minutes) =>
    `Open this link, choose your Gmail account and agree. It is good for ${minutes} minutes and once; do not share it.\n\n${url}`,
  unlinked: (addresses) => `Done: I no longer read ${addresses}. What I received already stays.`,
  nothingToUnlink: 'You have no mailbox linked. To link one: /link gmail',
  suspended: (address) =>
    `⚠️ Google no longer lets me read ${address} (the password was changed, or the permission taken back or expired). Write /link gmail to connect it again; I go on from where I stopped and nothing is lost.`,
  refused: (address, subject, lines) =>
    `📧 In ${address}, I could not take everything from the mail “${subject}”:\n${lines}\nI labelled it Recibot/Revisar.`,
  leftOut: (count, taken) =>
    `• It brings too many documents: I took the first ${taken} and left ${count}. Forward the others in another mail.`,
  tooBig: '• The mail is too big.',
  broken: '• It cannot be opened: it is damaged.',
  gaveUp: '• I could not read it after several tries.',
  tooDeep: '• It was forwarded too many times, one inside another; I did not open the last ones.',
  noSubject: '(no subject)',
  answerIntro: 'This is what I found in your mail:',
  page: {
    done: (address) => `${address} is linked`,
    doneMore:
      'You can close this page and go back to your chat. Was it not you? Take the permission back at myaccount.google.com/permissions.',
    expired: 'This link is no longer good',
    expiredMore: 'It expired or was used. Write /link gmail in your chat and I give you another.',
    denied: 'The permission was not given',
    deniedMore: 'I linked nothing. If that was a mistake, write /link gmail in your chat.',
    elsewhere: (address) => `${address} is linked in another company`,
    elsewhereMore: 'A mailbox is read for one company only. Unlink it there first.',
    incomplete: 'A permission is missing',
    incompleteMore: 'I cannot do it without the permission to read mail. Write /link gmail and leave every box ticked.',
    failed: 'Google did not answer as expected',
    failedMore: 'I linked nothing. Wait a moment and write /link gmail in your chat.',
  },
};

const pt: Texts = {
  linked: (address) =>
    `✅ Pronto: leio o e-mail de ${address}. Os PDF, XML, ZIP e imagens que chegarem a partir de agora são processados e recebem a etiqueta Recibot/Procesado (processado) ou Recibot/Revisar (a revisar).\n\nSe você enviar a si mesmo um e-mail que diga “Recibot”, respondo na mesma conversa. Para parar: /vincular gmail remover`,
  linkedAgain: (address) => `✅ Pronto: volto a ler ${address} de onde parei.`,
  openLink: (url, minutes) =>
    `Abra este link, escolha sua conta do Gmail e aceite. Vale ${minutes} minutos e uma só vez; não o compartilhe.\n\n${url}`,
  unlinked: (addresses) => `Feito: não leio mais ${addresses}. O que já recebi fica.`,
  nothingToUnlink: 'Você não tem nenhum e-mail vinculado. Para vincular um: /vincular gmail',
  suspended: (address) =>
    `⚠️ O Google não me deixa mais ler ${address} (a senha mudou, a permissão foi retirada ou venceu). Escreva /vincular gmail para conectar de novo; continuo de onde parei e nada se perde.`,
  refused: (address, subject, lines) =>
    `📧 Em ${address}, não consegui aproveitar tudo do e-mail “${subject}”:\n${lines}\nColoquei a etiqueta Recibot/Revisar.`,
  leftOut: (count, taken) =>
    `• Traz documentos demais: peguei os primeiros ${taken} e deixei ${count}. Encaminhe os outros em outro e-mail.`,
  tooBig: '• O e-mail é grande demais.',
  broken: '• Não dá para abrir: está danificado.',
  gaveUp: '• Não consegui lê-lo depois de várias tentativas.',
  tooDeep: '• Foi encaminhado vezes demais, um dentro do outro; não abri os últimos.',
  noSubject: '(sem assunto)',
  answerIntro: 'Isto encontrei no seu e-mail:',
  page: {
    done: (address) => `${address} está vinculado`,
    doneMore:
      'Você pode fechar esta página e voltar ao seu chat. Não foi você? Retire a permissão em myaccount.google.com/permissions.',
    expired: 'Este link não vale mais',
    expiredMore: 'Venceu ou já foi usado. Escreva /vincular gmail no seu chat e dou outro.',
    denied: 'A permissão não foi dada',
    deniedMore: 'Não vinculei nada. Se foi sem querer, escreva /vincular gmail no seu chat.',
    elsewhere: (address) => `${address} está vinculado em outra empresa`,
    elsewhereMore: 'Um e-mail é lido para uma só empresa. Desvincule-o lá primeiro.',
    incomplete: 'Faltou uma permissão',
    incompleteMore:
      'Sem a permissão de ler o e-mail não consigo. Escreva /vincular gmail e deixe todas as caixas marcadas.',
    failed: 'O Google não respondeu como esperado',
    failedMore: 'Não vinculei nada. Espere um momento e escreva /vincular gmail no seu chat.',
  },
};

export const gmailTexts: Readonly<Record<Language, Texts>> = { es, en, pt };
