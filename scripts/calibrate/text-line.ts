import type { Random } from './page.ts';

const words =
  'TIENDA COMERCIAL SUCURSAL AVENIDA COLONIA CENTRO FACTURA TICKET CAJERO CLIENTE Leche entera Pan integral Jugo naranja 1L Manzana roja kg ' +
  'Detergente Aceite vegetal 900ml Arroz Frijol Huevo 12pz GASOLINA MAGNA litros SUBTOTAL TOTAL IMPUESTO IVA 16% EFECTIVO CAMBIO TARJETA ' +
  'Gracias por su compra www.ejemplo.mx Tel. (55) Sociedad Anónima de C.V. Régimen General CIF NIT RUC CUIT # * $ € Receipt Thank you Cash Change Qty';
const vocabulary = words.split(' ');

/** A row as receipts have them: words at the left, now and then an amount at the right. */
export function textLine(random: Random): readonly [left: string, right: string | null] {
  const pick = () => vocabulary[Math.floor(random() * vocabulary.length)] ?? '';
  const digits = (count: number) => Array.from({ length: count }, () => Math.floor(random() * 10)).join('');
  const kind = random();
  if (kind < 0.12)
    return [`FECHA: ${digits(2)}/${digits(2)}/20${digits(2)} ${digits(2)}:${digits(2)}:${digits(2)}`, null];
  if (kind < 0.2) return [`${pick()} ${digits(3 + Math.floor(random() * 14))}`, null];
  if (kind < 0.24) return ['-'.repeat(8 + Math.floor(random() * 30)), null];
  const left = Array.from({ length: 1 + Math.floor(random() * 4) }, pick).join(' ');
  const amount = `${digits(1 + Math.floor(random() * 4))}${random() < 0.5 ? '.' : ','}${digits(2)}`;
  return [left, kind < 0.65 ? amount : null];
}
