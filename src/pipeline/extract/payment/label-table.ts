/** What a printed label announces. `none` (titles) and `menu` (buttons) end a value and announce nothing. */
export type LabelKind =
  | 'monto'
  | 'total'
  | 'comision'
  | 'otherAmount'
  | 'referencia'
  | 'comprobante'
  | 'telefono'
  | 'telefonoOrigen'
  | 'cedula'
  | 'cedulaOrigen'
  | 'fecha'
  | 'hora'
  | 'banco'
  | 'bancoOrigen'
  | 'bancoDestino'
  | 'concepto'
  | 'beneficiario'
  | 'ordenante'
  | 'origen'
  | 'destino'
  | 'cuentaOrigen'
  | 'cuentaDestino'
  | 'cuenta'
  | 'fiscal'
  | 'tipo'
  | 'canal'
  | 'menu'
  | 'none';

/**
 * The labels that payment apps print, `|` between them. From the proofs of BDV, Mercantil, BNC, Provincial, Bancamiga and
 * Banesco (2025) and the usual words of transfers in MX, CO, PE, CL and AR.
 */
export const strongLabels: Readonly<Partial<Record<LabelKind, string>>> = {
  monto:
    'monto|monto de la operacion|monto enviado|monto transferido|monto pagado|monto del pago|monto de la transferencia|monto a transferir|' +
    'importe|importe transferido|importe de la transferencia|importe enviado|valor de la transferencia|valor enviado|valor transferido|' +
    'valor del pago|valor pagado|cantidad enviada|se envio|enviaste|transferiste|pagaste|yapeaste|plineaste|monto debitado',
  total: 'monto total|total debitado|total pagado|importe total|total de la operacion',
  comision:
    'comision|comisiones|comision de la operacion|comision bancaria|monto de la comision|monto comision|cargo por servicio|costo de la transaccion|' +
    'costo de la transferencia|comision por transferencia',
  otherAmount: 'saldo disponible|saldo|itf|igtf',
  referencia:
    'referencia|nro de referencia|numero de referencia|no de referencia|n de referencia|nro referencia|numero referencia|num referencia|' +
    'referencia numerica|referencia bancaria|ref bancaria|nro de operacion|numero de operacion|nro operacion|no de operacion|n de operacion|' +
    'num operacion|codigo de operacion|id de operacion|id de la operacion|id de transaccion|id transaccion|numero de transaccion|' +
    'nro de transaccion|numero de confirmacion|nro de confirmacion|codigo de confirmacion|numero de transferencia|n de transferencia|' +
    'nro de transferencia|referencia de la operacion|codigo de transaccion|codigo de referencia',
  comprobante:
    'nro de comprobante|numero de comprobante|n de comprobante|comprobante no|comprobante nro|comprobante n|clave de rastreo|codigo autorizador|' +
    'codigo de autorizacion|nro de autorizacion|numero de autorizacion|folio de operacion|folio unico|folio de la operacion|numero de recibo|' +
    'coelsa id|id coelsa|codigo de identificacion',
  telefono:
    'telefono|numero celular|numero de celular|nro celular|nro de celular|telf|tlf|telf beneficiario|tlf beneficiario|telefono beneficiario|' +
    'telefono del beneficiario|telefono destino|telefono de destino|telefono receptor|telefono del receptor|nro de telefono|' +
    'numero de telefono|nro telefono|numero telefonico|telefono celular|numero celular de destino|numero celular destino|' +
    'celular de destino|celular destino|celular beneficiario|celular del beneficiario|celular receptor|numero nequi|telefono afiliado',
  telefonoOrigen:
    'telefono origen|telefono de origen|telefono emisor|telefono del emisor|telefono ordenante|telefono pagador|telefono del pagador|' +
    'numero celular de origen|numero celular origen|celular de origen|celular origen|celular emisor|telf pagador|telf origen|telf emisor',
  cedula:
    'identificacion|cedula|ci rif beneficiario|ci rif|ci o rif|cedula rif|cedula o rif|rif cedula|rif o cedula|cedula de identidad|' +
    'documento de identidad|nro de documento|numero de documento|ci beneficiario|ci del beneficiario|cedula beneficiario|' +
    'cedula del beneficiario|cedula rif beneficiario|cedula rif del beneficiario|identificacion beneficiario|identificacion del beneficiario|' +
    'identificacion receptor|identificacion del receptor|identificacion destino|nro de identificacion|numero de identificacion|' +
    'documento beneficiario|documento del beneficiario|cedula destino|cedula receptor|nro de cedula|numero de cedula',
  cedulaOrigen:
    'cedula origen|cedula emisor|cedula pagador|cedula del pagador|identificacion emisor|identificacion ordenante|identificacion origen|' +
    'identificacion pagador|documento ordenante|cedula ordenante',
  fecha:
    'fecha|fecha y hora|fecha hora|fecha de operacion|fecha de la operacion|fecha operacion|fecha de pago|fecha del pago|fecha de transaccion|' +
    'fecha de la transaccion|fecha transaccion|fecha de transferencia|fecha de la transferencia|fecha de envio|fecha de aplicacion|' +
    'fecha y hora de la operacion|fecha y hora de operacion|fecha valor',
  hora: 'hora de operacion|hora de la operacion|hora de transaccion|hora de la transaccion|hora operacion|hora de pago',
  banco: 'entidad bancaria|nombre del banco|entidad financiera',
  bancoDestino:
    'banco destino|banco de destino|banco receptor|banco beneficiario|banco del beneficiario|banco destinatario|banco del destinatario|' +
    'entidad destino|entidad de destino|institucion receptora|institucion destino|banco a acreditar',
  bancoOrigen:
    'banco origen|banco de origen|banco emisor|banco ordenante|banco pagador|institucion emisora|entidad origen|entidad de origen',
  concepto:
    'concepto|concepto de pago|concepto del pago|concepto de la operacion|motivo|motivo de pago|motivo del pago|motivo de la transferencia|' +
    'descripcion|glosa|asunto|comentario|mensaje|concepto de transferencia',
  beneficiario:
    'beneficiario|nombre beneficiario|nombre del beneficiario|nombre de beneficiario|datos del beneficiario|destinatario|nombre destinatario|' +
    'nombre del destinatario|titular de la cuenta|a nombre de|al beneficiario|nombre del receptor|nombre receptor|enviado a|pagado a|' +
    'nombre del titular|nombre destino|cuenta de terceros a nombre de',
  ordenante:
    'ordenante|nombre del ordenante|nombre ordenante|nombre del emisor|remitente|enviado por|nombre del pagador',
  cuentaOrigen:
    'cuenta origen|cuenta de origen|cuenta debitada|cuenta debito|cuenta a debitar|cuenta de debito|cuenta de retiro|desde mi cuenta|' +
    'desde la cuenta|cuenta de cargo|cuenta cargo|producto origen|producto de origen|cuenta emisora|cuenta ordenante|cuenta del ordenante|' +
    'cuenta a descontar',
  cuentaDestino:
    'cuenta destino|cuenta de destino|cuenta beneficiario|cuenta beneficiaria|cuenta del beneficiario|cuenta acreditada|cuenta a acreditar|' +
    'cuenta de deposito|cuenta receptora|cuenta abono|cuenta de abono|cuenta abonada|producto destino|producto de destino|' +
    'cbu destino|cvu destino|a la cuenta|cuenta destinataria',
  cuenta: 'numero de cuenta|nro de cuenta|clabe|clabe interbancaria|cuenta clabe|cbu|cvu|cbu cvu|cvu cbu',
  fiscal:
    'rif beneficiario|rif del beneficiario|rif comercio|cuit cuil|cuil cuit|rfc beneficiario|rfc del beneficiario|rut destinatario',
  tipo: 'tipo de operacion|tipo operacion|tipo de transaccion|tipo transaccion|tipo de transferencia|tipo de pago|tipo de movimiento',
  canal: 'canal de pago|canal de la operacion',
  none:
    'comprobante de operacion|comprobante de la operacion|comprobante de pago|comprobante de transferencia|comprobante de la transferencia|comprobante digital|' +
    'comprobante de transaccion|comprobante electronico|operacion exitosa|operacion realizada|operacion aprobada|operacion procesada|' +
    'transaccion exitosa|transaccion realizada|transaccion aprobada|transferencia exitosa|transferencia realizada|transferencia enviada|' +
    'emitir pago|crear acceso directo|compartir comprobante|descargar comprobante|guardar comprobante|realizar otro pago|hacer otro pago|' +
    'nuevo pago|realizar otra operacion|nueva operacion|nueva transferencia|volver al inicio|ir al inicio|datos de la transaccion|datos de la operacion|detalle de la operacion|' +
    'detalle de la transferencia|detalles de la operacion|detalle del pago|resultado de la operacion|agregar a favoritos|guardar en favoritos|' +
    'agregar a frecuentes|codigo de seguridad',
};

/** Words that are labels only before a colon or alone on their line: in running text they are ordinary words. */
export const weakLabels: Readonly<Partial<Record<LabelKind, string>>> = {
  monto: 'valor|cantidad|cuanto|enviado|monto bs',
  total: 'total|total a pagar',
  comision: 'cargo|tarifa|costo',
  otherAmount: 'iva|impuesto',
  referencia: 'operacion|ref|transaccion|confirmacion|secuencial|nro ref|num ref',
  comprobante: 'comprobante|folio|autorizacion|recibo|cus',
  telefono: 'celular|movil|tel|numero|nro tlf',
  cedula: 'ci|documento|dni|cc|id|doc|nro documento',
  fecha: 'dia|fecha bs|cuando',
  hora: 'hora',
  banco: 'banco|entidad|institucion|institucion financiera',
  concepto: 'detalle|nota|conversacion|para que',
  beneficiario: 'para|nombre|titular|receptor|comercio',
  ordenante: 'de|emisor|pagador',
  origen: 'origen|desde|de donde|de donde salio la plata',
  destino: 'destino|hacia',
  cuenta: 'cuenta|cci|alias',
  fiscal: 'rif|nit|rfc|ruc|rut|cuit|cuil',
  tipo: 'tipo',
  canal: 'canal|medio',
  menu:
    'cuentas|tarjetas|divisas|pagos|compartir|guardar|finalizar|aceptar|volver|inicio|descargar|cerrar|continuar|salir|listo|estado|estatus|' +
    'status|imprimir|favoritos|personas|transferencias|operaciones|menu|resultado|enviar',
};
