/** What is said about a person's own data: taken along, or erased. */
export interface OwnTexts {
  title: (documents: number) => string;
  part: (part: number, parts: number) => string;
  /** Files over what a chat can take. */
  leftOut: (files: number) => string;
  erase: string;
  eraseSurely: string;
  yes: string;
  yesSurely: string;
  erased: (documents: number) => string;
  /** Invoices that stay with the company. */
  keptInvoices: (invoices: number) => string;
}

export const ownEs: OwnTexts = {
  title: (documents) =>
    `Aquí están tus datos: tu ficha, lo que hablamos y ${documents === 1 ? 'tu documento' : `tus ${documents} documentos`} con lo que leí de ellos (datos.json y carpeta archivos).`,
  part: (part, parts) => `Parte ${part} de ${parts}.`,
  leftOut: (files) =>
    `${files === 1 ? 'Un archivo no cabe' : `${files} archivos no caben`} en un mensaje; pídeselos a quien administra Recibot en tu empresa.`,
  erase: `Voy a borrar lo tuyo: tus documentos con lo que leí de ellos, tus mensajes y tu ficha. No se puede deshacer.

Las facturas electrónicas las tiene que conservar la empresa por ley: se quedan, sin tu nombre ni tu chat.

Si antes quieres una copia, escribe /misdatos.

¿Lo borro?`,
  eraseSurely: 'Última pregunta: ¿seguro? Después ya no sabré quién eres.',
  yes: 'Sí, borrar mis datos',
  yesSurely: 'Sí, borrar para siempre',
  erased: (documents) =>
    `Listo, borré tus datos${documents === 0 ? '' : documents === 1 ? ' y tu documento' : ` y tus ${documents} documentos`}. Gracias por haberme usado.`,
  keptInvoices: (invoices) =>
    invoices === 1
      ? 'Una factura electrónica se queda con la empresa, porque la ley lo exige, sin tu nombre.'
      : `${invoices} facturas electrónicas se quedan con la empresa, porque la ley lo exige, sin tu nombre.`,
};

export const ownEn: OwnTexts = {
  title: (documents) =>
    `Here are your data: your record, what we said and ${documents === 1 ? 'your document' : `your ${documents} documents`} with what I read in them (datos.json and the folder archivos).`,
  part: (part, parts) => `Part ${part} of ${parts}.`,
  leftOut: (files) =>
    `${files === 1 ? 'One file does' : `${files} files do`} not fit into a message; ask whoever administers Recibot in your company.`,
  erase: `I am going to erase what is yours: your documents with what I read in them, your messages and your record. It cannot be undone.

Electronic invoices must be kept by the company by law: they stay, without your name or chat.

If you want a copy first, write /mydata.

Shall I erase it?`,
  eraseSurely: 'Last question: are you sure? I will not know you any more.',
  yes: 'Yes, erase my data',
  yesSurely: 'Yes, erase for ever',
  erased: (documents) =>
    `Done, I erased your data${documents === 0 ? '' : documents === 1 ? ' and your document' : ` and your ${documents} documents`}. Thank you for having used me.`,
  keptInvoices: (invoices) =>
    invoices === 1
      ? 'One electronic invoice stays with the company, as the law demands, without your name.'
      : `${invoices} electronic invoices stay with the company, as the law demands, without your name.`,
};

export const ownPt: OwnTexts = {
  title: (documents) =>
    `Aqui estão os seus dados: a sua ficha, o que conversamos e ${documents === 1 ? 'o seu documento' : `os seus ${documents} documentos`} com o que li neles (datos.json e a pasta archivos).`,
  part: (part, parts) => `Parte ${part} de ${parts}.`,
  leftOut: (files) =>
    `${files === 1 ? 'Um arquivo não cabe' : `${files} arquivos não cabem`} em uma mensagem; peça a quem administra o Recibot na sua empresa.`,
  erase: `Vou apagar o que é seu: os seus documentos com o que li neles, as suas mensagens e a sua ficha. Não dá para desfazer.

As faturas eletrônicas a empresa tem de guardar por lei: elas ficam, sem o seu nome nem o seu chat.

Se quiser uma cópia antes, escreva /meusdados.

Apago?`,
  eraseSurely: 'Última pergunta: tem certeza? Depois não saberei mais quem você é.',
  yes: 'Sim, apagar os meus dados',
  yesSurely: 'Sim, apagar para sempre',
  erased: (documents) =>
    `Pronto, apaguei os seus dados${documents === 0 ? '' : documents === 1 ? ' e o seu documento' : ` e os seus ${documents} documentos`}. Obrigado por ter me usado.`,
  keptInvoices: (invoices) =>
    invoices === 1
      ? 'Uma fatura eletrônica fica com a empresa, porque a lei exige, sem o seu nome.'
      : `${invoices} faturas eletrônicas ficam com a empresa, porque a lei exige, sem o seu nome.`,
};
