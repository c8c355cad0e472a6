/** Made-up receipts with known merchants, and damage as recognisers do it; the same for the same seed. */
import type { Merchant } from '../../src/pipeline/classify/merchants.ts';

export interface MadeText {
  readonly text: string;
  /** Null: of no merchant of the catalogue. */
  readonly merchantId: string | null;
}

export type Random = () => number;

/** Mulberry32. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const trades =
  'ABARROTES RESTAURANTE FARMACIA PANADERIA CARNICERIA FERRETERIA PAPELERIA SUPERMERCADO MINISUPER CAFETERIA TAQUERIA LIBRERIA HOTEL CASA TIENDAS COMERCIAL DISTRIBUIDORA GRUPO ESTACION BODEGA MERCADO BOTICA ALMACEN PIZZERIA ZAPATERIA OPTICA'.split(
    ' ',
  );
const names =
  'LUPITA ESPERANZA SAN JOSE GUADALUPE DEL NORTE EL SOL LA LUNA DON PEPE HERMANOS RUIZ LOPEZ LOS ARCOS MARTINEZ SANTA FE EL REY LAS FLORES MONTERREY DEL VALLE JALISCO AZTECA PACIFICO CENTRAL NUEVA LA PALMA EL PASO AURORA REAL MARIA DIANA COLON BOLIVAR ANDES CARIBE TORRES CHAVEZ MILENIO UNION PROGRESO IMPERIAL EXPRES ECONOMICA POPULAR'.split(
    ' ',
  );
const forms = ['', 'SA DE CV', 'S.A.', 'SPA', 'SAS', 'C.A.', 'S.L.', 'LTDA', 'S DE RL DE CV', 'S.A.C.'];
const streets = ['AV. INSURGENTES SUR', 'CALLE 5 DE MAYO', 'CARRERA 7', 'AV. PROVIDENCIA', 'C/ MAYOR', 'BLVD. JUAREZ'];
const places = ['COL. CENTRO', 'BOGOTA D.C.', 'SANTIAGO', 'CARACAS', 'LIMA', 'MADRID', 'SAN JOSE', 'ZAPOPAN, JALISCO'];
const goods = [
  'LECHE ENTERA 1L',
  'PAN BLANCO',
  'HUEVO 12 PZ',
  'CAFE MOLIDO',
  'AGUA 600 ML',
  'DETERGENTE',
  'TORTILLA KG',
];

function pick<T>(random: Random, list: readonly T[]): T {
  const found = list[Math.floor(random() * list.length)];
  if (found === undefined) throw new Error('an empty list');
  return found;
}

export function madeText(random: Random, merchants: readonly Merchant[], damage: number): MadeText {
  const merchant = random() < 0.5 ? pick(random, merchants) : null;
  const name = merchant ? pick(random, merchant.aliases) : strangerName(random);
  return { text: damaged(random, receipt(random, name), damage), merchantId: merchant?.id ?? null };
}

function strangerName(random: Random): string {
  const words = Array.from({ length: 1 + Math.floor(random() * 2) }, () => pick(random, names));
  return [...(random() < 0.8 ? [pick(random, trades)] : []), ...words].join(' ');
}

function receipt(random: Random, name: string): string {
  const digits = (count: number) => String(Math.floor(random() * 10 ** count)).padStart(count, '0');
  const header = [name, pick(random, forms)].filter(Boolean).join(' ').toUpperCase();
  const broken = random() < 0.2 ? header.replace(' ', '\n') : header;
  const junk = Array.from({ length: Math.floor(random() ** 2 * 4) }, () => pick(random, headings));
  const isBelow = random() < 0.1;
  const top = [...junk, ...(isBelow ? [] : [broken])].join('\n');
  const items = Array.from(
    { length: 3 + Math.floor(random() * 8) },
    () => `${pick(random, goods)} ${digits(2)}.${digits(2)}`,
  );
  return [
    top,
    `${pick(random, streets)} ${digits(3)}`,
    pick(random, places),
    `FECHA ${digits(1)}1/0${1 + Math.floor(random() * 9)}/2026 1${digits(1)}:2${digits(1)}`,
    `SUCURSAL ${digits(3)} CAJA ${digits(1)} TICKET ${digits(6)}`,
    ...items,
    `TOTAL ${digits(3)}.${digits(2)}`,
    'EFECTIVO',
    isBelow ? `GRACIAS POR SU COMPRA EN ${name.toUpperCase()}` : 'GRACIAS POR SU COMPRA',
  ].join('\n');
}

const headings = [
  'BIENVENIDO',
  'TICKET DE VENTA',
  '*** COPIA ***',
  'CENTRO COMERCIAL',
  'COMPROBANTE DE PAGO',
  'CAJERO MARIA',
];

const confused: Readonly<Record<string, string>> = {
  ...{ O: '0', I: '1', S: '5', B: '8', Z: '2', G: '6', E: 'F', H: 'N', M: 'N', C: 'G', A: '4', R: 'K', U: 'V', T: 'I' },
  ...{ L: 'I', D: 'O', P: 'F', N: 'M', K: 'R', F: 'P', V: 'U' },
};

/** `share` of the letters replaced (mostly by what they look like), lost or doubled, or a blank put in. */
export function damaged(random: Random, text: string, share: number): string {
  return [...text]
    .map((sign) => {
      if (!/[A-Z]/.test(sign) || random() >= share) return sign;
      const kind = random();
      if (kind < 0.6) return confused[sign] ?? sign;
      if (kind < 0.75) return String.fromCharCode(65 + Math.floor(random() * 26));
      if (kind < 0.9) return '';
      return random() < 0.5 ? `${sign} ` : sign + sign;
    })
    .join('');
}
