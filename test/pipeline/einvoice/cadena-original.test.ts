import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cadenaOriginal } from '../../../src/pipeline/einvoice/cfdi/cadena-original.ts';
import { parseXml } from '../../../src/pipeline/einvoice/xml/parse-xml.ts';
import { aCfdi } from '../../support/e-invoices.ts';

const cadenaOf = (xml: string, version = '4.0') => cadenaOriginal(parseXml(Buffer.from(xml)), version);

test('the cadena has the values in the order of the SAT, blanks joined, absent options left out', () => {
  const cadena = cadenaOf(aCfdi());

  assert.deepEqual(cadena, {
    text: '||4.0|A|17|2027-01-15T10:30:00|04|30001000000500009999|100.00|MXN|116.00|I|01|PUE|06000|AAA010101AAA|Café & Ñandú|601|XAXX010101000|PÚBLICO EN GENERAL|06000|616|S01|50202306|2|H87|Café|50.00|100.00|02|100.00|002|Tasa|0.160000|16.00|100.00|002|Tasa|0.160000|16.00|16.00||',
    hasUnknown: false,
  });
});

test('a complement of the SAT is part of the cadena, in its own order', () => {
  const complement =
    '<implocal:ImpuestosLocales xmlns:implocal="http://www.sat.gob.mx/implocal" TotaldeTraslados="3.00" TotaldeRetenciones="0.00" version="1.0"><implocal:TrasladosLocales Importe="3.00" TasadeTraslado="3.00" ImpLocTrasladado="ISH"/></implocal:ImpuestosLocales>';

  const cadena = cadenaOf(aCfdi({ complement }));

  assert.match(cadena?.text ?? '', /\|16\.00\|1\.0\|0\.00\|3\.00\|ISH\|3\.00\|3\.00\|\|$/);
});

test('a complement of which the order is unknown is told, the addenda is no part of it', () => {
  const unknown = cadenaOf(aCfdi({ complement: '<x:nuevo xmlns:x="urn:nuevo" a="1"/>' }));
  const addenda = cadenaOf(aCfdi({ addenda: '<cfdi:Addenda><pedido numero="9"/></cfdi:Addenda>' }));

  assert.equal(unknown?.hasUnknown, true);
  assert.equal(addenda?.hasUnknown, false);
  assert.doesNotMatch(addenda?.text ?? '', /\|9\|/);
});

test('a required value that is missing leaves its place empty', () => {
  const cadena = cadenaOf(aCfdi().replace('Exportacion="01"', ''));

  assert.match(cadena?.text ?? '', /\|116\.00\|I\|\|PUE\|/);
});

test('3.2 has an order of its own, and a version that is not known has none', () => {
  const xml =
    '<c:Comprobante xmlns:c="http://www.sat.gob.mx/cfd/3" version="3.2" fecha="F" tipoDeComprobante="ingreso" formaDePago="P" subTotal="1" total="2" metodoDePago="M" LugarExpedicion="L"><c:Emisor rfc="R"><c:RegimenFiscal Regimen="G"/></c:Emisor><c:Receptor rfc="S"><c:Domicilio pais="México"/></c:Receptor></c:Comprobante>';

  assert.equal(cadenaOf(xml, '3.2')?.text, '||3.2|F|ingreso|P|1|2|M|L|R|G|S|México||');
  assert.equal(cadenaOf(xml, '9.9'), null);
});
