import sharp from 'sharp';
import { createWorker, OEM, PSM } from 'tesseract.js';
import { OcrLanguage } from '../../../domain/reading.ts';
import type { EngineSettings, OcrEngine } from '../engine.ts';
import type { Raster } from '../raster.ts';
import { toFoundLines } from './found-lines.ts';
import { gatherLanguages } from './languages.ts';

/**
 * Tesseract 5 as WebAssembly, Spanish and English together. It reads upright pages only, slower than PP-OCR, and knows
 * all letters of Spanish; its language files come from packages, never from the network.
 */
export async function createTesseractEngine({ languages = OcrLanguage.options }: EngineSettings): Promise<OcrEngine> {
  await using folder = await gatherLanguages(languages);
  const worker = await createWorker([...folder.codes], OEM.LSTM_ONLY, {
    langPath: folder.path,
    cacheMethod: 'none',
    // Without one, tesseract.js throws where nobody can catch it; the promises are rejected all the same.
    errorHandler: () => undefined,
  });
  // A receipt is one column; finding blocks first loses amounts at the right margin.
  await worker.setParameters({ tessedit_pageseg_mode: PSM.SINGLE_BLOCK, user_defined_dpi: '200' });
  return {
    name: 'tesseract',
    async read(raster) {
      const { data } = await worker.recognize(await encode(raster), {}, { blocks: true, text: false });
      return toFoundLines(data);
    },
    async close() {
      await worker.terminate();
    },
  };
}

/** Tesseract wants a file format; grey and uncompressed is quickest. */
function encode({ data, width, height }: Raster): Promise<Buffer> {
  return sharp(data, { raw: { width, height, channels: 3 } })
    .greyscale()
    .png({ compressionLevel: 0 })
    .toBuffer();
}
