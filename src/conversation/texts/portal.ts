/** What is said about getting an invoice from a merchant's portal. */
export interface PortalTalk {
  begun: (name: string) => string;
  underWay: string;
  hasOne: string;
  none: string;
  needsProfile: string;
  whichReceipt: string;
  captchaThanks: string;
  askMissing: string;
  askValue: string;
}

export const portalEs: PortalTalk = {
  begun: (name) => `Pido la factura en el portal de ${name}. Te aviso en cuanto esté; suele tardar un minuto.`,
  underWay: 'Ya estoy pidiendo esa factura. Te aviso en cuanto esté.',
  hasOne: 'Esa factura ya está hecha.',
  none: 'De ese documento no puedo pedir factura: no conozco el portal de su comercio.',
  needsProfile: 'Para pedir la factura necesito tus datos fiscales. Son seis preguntas cortas.',
  whichReceipt: 'Responde /facturar al mensaje del ticket que quieres facturar.',
  captchaThanks: 'Gracias, sigo con el portal.',
  askMissing: 'El portal pide datos que no encontré en el ticket. Toca el que quieras escribir.',
  askValue: 'Escríbelo como está impreso en el ticket.',
};

export const portalEn: PortalTalk = {
  begun: (name) =>
    `I am asking for the invoice at the portal of ${name}. I will tell you when it is there; it often takes a minute.`,
  underWay: 'I am asking for that invoice already. I will tell you when it is there.',
  hasOne: 'That invoice is made already.',
  none: 'I cannot ask for an invoice of that document: I do not know the portal of its merchant.',
  needsProfile: 'To ask for the invoice I need your tax details. There are six short questions.',
  whichReceipt: 'Reply /facturar to the message of the receipt that you want invoiced.',
  captchaThanks: 'Thank you, I go on with the portal.',
  askMissing: 'The portal asks for something that I did not find on the ticket. Press the one that you want to type.',
  askValue: 'Type it as it is printed on the ticket.',
};

export const portalPt: PortalTalk = {
  begun: (name) => `Estou pedindo a nota no portal de ${name}. Aviso quando estiver pronta; costuma levar um minuto.`,
  underWay: 'Já estou pedindo essa nota. Aviso quando estiver pronta.',
  hasOne: 'Essa nota já está feita.',
  none: 'Não posso pedir nota desse documento: não conheço o portal do estabelecimento.',
  needsProfile: 'Para pedir a nota preciso dos seus dados fiscais. São seis perguntas curtas.',
  whichReceipt: 'Responda /facturar à mensagem do tíquete que quer faturar.',
  captchaThanks: 'Obrigado, continuo no portal.',
  askMissing: 'O portal pede dados que não encontrei no tíquete. Toque no que quer escrever.',
  askValue: 'Escreva-o como está impresso no tíquete.',
};
