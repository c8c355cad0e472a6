import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { chileanBoleta } from './chilean-boleta.ts';
import { mexicanTicket } from './mexican-ticket.ts';
import { pagoMovil } from './pago-movil.ts';

/**
 * Draws the page's sample documents into web/public/samples: `node web/samples/render.ts`. The results are committed,
 * since their letters depend on the fonts of the machine (here: DejaVu).
 */
const target = fileURLToPath(new URL('../public/samples/', import.meta.url));

await mkdir(target, { recursive: true });
await sharp(Buffer.from(mexicanTicket('LGS190312KTA')))
  .jpeg({ quality: 82 })
  .toFile(`${target}ticket-mexico.jpg`);
await sharp(Buffer.from(chileanBoleta('76.950.314-5')))
  .jpeg({ quality: 82 })
  .toFile(`${target}boleta-chile.jpg`);
await sharp(Buffer.from(pagoMovil())).png({ palette: true }).toFile(`${target}pago-movil-venezuela.png`);
