import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import sharp from 'sharp';
import { prepareZXingModule, type WriterOptions, writeBarcode } from 'zxing-wasm/writer';

export interface CodeLook {
  format?: WriterOptions['format'];
  /** Pixels of the smallest bar or square. */
  moduleSize?: number;
  degrees?: number;
  /** 1 black on white, 0.3 grey on grey. */
  contrast?: number;
}

/** A bar code as a printer makes it and a camera sees it, PNG. */
export async function aCodePicture(text: string, look: CodeLook = {}): Promise<Buffer> {
  const { format = 'QRCode', moduleSize = 4, degrees = 0, contrast = 1 } = look;
  const wasm = createRequire(import.meta.url).resolve('zxing-wasm/writer/zxing_writer.wasm');
  await prepareZXingModule({
    overrides: { wasmBinary: new Uint8Array(await readFile(wasm)).buffer },
    fireImmediately: true,
  });
  const { image, error } = await writeBarcode(text, { format, scale: 1 });
  if (!image) throw new Error(error);
  const drawn = sharp(Buffer.from(await image.arrayBuffer()))
    .flatten({ background: '#fff' })
    .removeAlpha();
  const { width = 0 } = await drawn.metadata();
  const border = { top: 20, bottom: 20, left: 20, right: 20, background: '#fff' };
  const large = await drawn
    .resize({ width: Math.round(width * moduleSize), kernel: 'nearest' })
    .extend(border)
    .png()
    .toBuffer();
  const inked = await sharp(large)
    .linear(contrast, 220 * (1 - contrast))
    .png()
    .toBuffer();
  return sharp(inked).rotate(degrees, { background: '#fff' }).png().toBuffer();
}

/** A document with a bar code on it. */
export function withCode(page: Buffer, code: Buffer, at: { left: number; top: number }): Promise<Buffer> {
  return sharp(page)
    .composite([{ input: code, ...at }])
    .png()
    .toBuffer();
}
