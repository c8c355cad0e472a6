import { ownPt } from './own.ts';
import { portalPt } from './portal.ts';
import type { ConversationTexts } from './texts.ts';

export const pt: ConversationTexts = {
  itself: 'Português',
  help: `Olá! Sou o Recibot. Mande a foto de um recibo (ou um PDF, uma fatura XML ou um comprovante de pagamento) e eu devolvo os dados, prontos e em ordem.

Para sair bem: o recibo inteiro, esticado e com boa luz. Enviado como arquivo, leio ainda melhor.

/estado – como vão os seus documentos
/faturas – as últimas, com data e total
/gastos – o que se gastou no mês, com gráfico (também: gastos março)
/exportar – os documentos de um mês, em Excel ou CSV
/corrigir – mudar um dado que li errado
/dados – os dados fiscais para as suas faturas
/vincular – usar o Recibot também em outro chat
/idioma – espanhol, inglês ou português
/ajuda – esta mensagem`,
  hint: 'Não entendi. Mande a foto de um recibo ou escreva /ajuda.',
  thanks: 'De nada! Estou aqui quando precisar.',
  hello: 'Olá! Mande um recibo e eu devolvo os dados. Ou o que você quer ver?',
  onlyInPrivate: 'Isso é pessoal: escreva para mim em particular e eu digo.',
  notYours: 'Só quem administra o Recibot na sua empresa pode fazer isso.',
  oldButton: 'Esse botão não vale mais. Escreva /ajuda para ver o que posso fazer.',
  nothingToCancel: 'Não há nada para cancelar.',
  stranger:
    'Olá! Sou o Recibot. Para atender você preciso de um código de acesso: peça a quem administra o Recibot na sua empresa e envie aqui.',
  linked: 'Pronto! Você já está dentro.',
  alreadyLinked: 'Este chat já está vinculado; não precisa de código.',
  roleGiven: (roles) => `Pronto: agora você também é ${roles}.`,
  roles: { owner: 'dono', member: 'membro', reviewer: 'revisor', operator: 'operador' },
  tooManyMessages: 'Suas mensagens chegam rápido demais. Espere um minuto e continuamos.',
  wrongCode: 'Esse código não vale: talvez já tenha sido usado ou venceu. Peça um novo e envie aqui.',
  tooManyCodes: 'Tentativas demais. Espere uma hora e peça um código novo.',
  linkCode: (code) =>
    `Para usar o Recibot também em outro chat, envie lá este código:\n\n${code}\n\nVale 15 minutos e uma única vez. Não compartilhe: quem o usar entra como você.`,
  whichLanguage: 'Em que idioma escrevo para você?',
  languageSet: 'Combinado, escrevo em português.',
  whichMonth: 'Não conheço esse mês. Escreva assim: 2026-03, março ou março 2026.',
  buttons: {
    status: 'Estado',
    invoices: 'Faturas',
    expenses: 'Gastos',
    language: 'Idioma',
    exportMonth: 'Exportar',
    cancel: 'Cancelar',
  },
  cancelled: 'Cancelado. Não mudei nada.',
  own: ownPt,
  portal: portalPt,
  numbered: {
    pick: (last) => (last === 1 ? 'Responda 1 para escolher.' : `Responda com um número, de 1 a ${last}.`),
    toCancel: 'Para deixar, escreva «cancelar».',
  },
  fiscal: {
    title: 'Dados fiscais:',
    none: 'Ainda não tenho os dados fiscais para as suas faturas. São seis perguntas curtas.',
    notYours: 'Os dados fiscais são definidos por quem administra o Recibot na sua empresa.',
    begin: 'Começar',
    change: '✏️ Mudar',
    saved: 'Guardado. Suas faturas sairão com estes dados.',
    right: '✅ Guardar',
    again: '✏️ Começar de novo',
    keep: 'Deixar como escrevi',
    strip: (name) => `Usar «${name}»`,
    checkDigit: '⚠️ O dígito verificador desse RFC não confere. Compare com a sua Constancia; se for igual, siga.',
    labels: {
      taxId: 'Identificação fiscal',
      name: 'Nome ou razão social',
      regime: 'Regime fiscal',
      postalCode: 'Código postal',
      cfdiUse: 'Uso do CFDI',
      email: 'E-mail',
    },
    ask: {
      taxId: 'Qual é o RFC? (ou NIT, RIF, RUC, RUT, CUIT)',
      name: 'Nome ou razão social? Exatamente como na Constancia de Situación Fiscal.',
      companyKind: 'Na Constancia o nome vai sem o tipo de sociedade («SA DE CV»). Qual eu uso?',
      regime: 'Qual regime fiscal? Escolha ou escreva o código.',
      postalCode: 'Código postal do endereço fiscal? (5 dígitos)',
      cfdiUse: 'Qual uso do CFDI? Escolha ou escreva o código. O mais comum: G03.',
      email: 'Para qual e-mail vão as faturas?',
      confirm: 'Está tudo certo?',
    },
    wrong: {
      taxId: 'Isso não tem a forma de um RFC nem de outra identificação que eu conheça.',
      name: 'Isso não parece um nome.',
      companyKind: 'Isso não parece um nome.',
      regime: 'Esse código não é de um regime para esse RFC.',
      postalCode: 'O código postal tem 5 dígitos.',
      cfdiUse: 'Esse código não é de um uso do CFDI.',
      email: 'Isso não parece um e-mail.',
      confirm: 'Use os botões, ou escreva /cancelar.',
    },
  },
  fix: {
    whichTicket: 'Qual corrigimos?',
    whichField: 'Qual dado corrigimos?',
    confirm: '✅ Está certo',
    another: '✏️ Corrigir outro',
    notFound: 'Não encontrei esse documento.',
    notNamed: (words) => `Não encontrei nenhum documento «${words}».`,
    notNow: 'Esse documento não pode ser corrigido agora.',
    nothingToRepeat: 'Esse documento não precisa ser lido de novo.',
    again: 'Estou lendo de novo.',
    confirmed: 'Obrigado, dou por certo.',
    corrected: (shown) => `Corrigido. ${shown}`,
    askValue: (field, format) => `${field}: escreva o valor certo (${format}).`,
    wrongValue: (field, format) => `Isso não parece valer para «${field}». Escreva assim: ${format}.`,
    formats: {
      amount: 'por exemplo 1234,50',
      day: 'por exemplo 19/03/2026',
      time: 'por exemplo 18:05',
      currency: 'três letras, por exemplo MXN',
      'payment-method': 'dinheiro, cartão, crédito, débito ou transferência',
      identifier: 'letras e números, sem espaços',
      digits: 'só números',
      words: 'como aparece no documento',
    },
  },
  status: {
    none: 'Você ainda não tem documentos. Mande a foto de um recibo para começar.',
    underWay: 'A caminho:',
    latest: 'Últimos:',
  },
  invoices: { title: 'Seus recibos e faturas:', older: 'Anteriores ▶', noOlder: 'Não há anteriores.' },
  exported: {
    whichFormat: 'Em que formato?',
    title: (month, count) => `Documentos de ${month}: ${count}.`,
    none: (month) => `Não há documentos de ${month}.`,
    cut: (count) => `São os primeiros ${count}; há mais.`,
    kind: 'Tipo',
    stage: 'Estado',
    file: 'Arquivo',
  },
  expenses: {
    title: (month) => `Gastos de ${month}`,
    none: (month) => `Não há gastos registrados em ${month}.`,
    documentsOf: (count) => (count === 1 ? '1 documento' : `${count} documentos`),
    others: (count) => `Outros ${count} estabelecimentos`,
    unreviewed: (count) =>
      count === 1
        ? 'Falta conferir 1 documento, que não está somado.'
        : `Falta conferir ${count} documentos, que não estão somados.`,
    cut: 'São documentos demais para somar aqui: faltam alguns. Use /exportar.',
  },
  stages: {
    UPLOADED: 'recebido',
    OCR_PROCESSING: 'lendo',
    MERCHANT_CLASSIFICATION: 'procurando o estabelecimento',
    FIELD_EXTRACTION: 'tirando os dados',
    AUTOMATION_QUEUE: 'à espera de faturar',
    WEB_AUTOMATION: 'faturando',
    COMPLIANCE: 'conferindo a fatura',
    COMPLETED: 'pronto',
    HUMAN_REVIEW: 'a conferir',
    FAILED: 'não deu certo',
    DUPLICATE: 'repetido',
  },
};
