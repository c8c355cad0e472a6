import type { Quad } from '../../../domain/reading.ts';
import type { FoundLine } from '../engine.ts';
import type { Raster } from '../raster.ts';
import { cropHeight, cropWidth, sampleCrop } from './crop.ts';
import { decodeCtc } from './ctc.ts';
import type { Alphabet } from './models.ts';
import type { Network } from './sessions.ts';
import { splitWords } from './words.ts';

/** Lines below are noise: stamps, edges, hands. */
const minConfidence = 0.5;
/** Crop pixels a time step of the recogniser's output. */
const widthMultiple = 8;
const minInputWidth = 48;

export type Recogniser = { recognise(raster: Raster, lines: readonly Quad[]): Promise<FoundLine[]> };

/** Reads lines one by one, each padded to its own width: batches are slower on a CPU. The input buffer is reused. */
export function createRecogniser(network: Network, alphabet: Alphabet): Recogniser {
  let pool = new Float32Array(0);

  async function recogniseLine(raster: Raster, quad: Quad): Promise<FoundLine | null> {
    const width = cropWidth(quad);
    const inputWidth = Math.max(minInputWidth, Math.ceil(width / widthMultiple) * widthMultiple);
    const plane = cropHeight * inputWidth;
    if (pool.length < 3 * plane) pool = new Float32Array(3 * plane);
    const data = pool.subarray(0, 3 * plane).fill(0);
    sampleCrop(raster, quad, width, { data, offset: 0, stride: inputWidth, plane });
    const output = await network.run({ data, dims: [1, 3, cropHeight, inputWidth] });
    const characters = decodeCtc(output, alphabet);
    const confidence = characters.reduce((sum, character) => sum + character.confidence, 0) / characters.length;
    const words = splitWords(characters, quad, ((output.dims[1] ?? 1) * width) / inputWidth);
    if (words.length === 0 || confidence < minConfidence) return null;
    return { text: words.map(({ text }) => text).join(' '), confidence, quad, words };
  }

  return {
    async recognise(raster, lines) {
      // Widest first: the network's memory grows once instead of step by step.
      const widestFirst = [...lines].sort((a, b) => cropWidth(b) - cropWidth(a));
      const found: FoundLine[] = [];
      for (const quad of widestFirst) {
        const line = await recogniseLine(raster, quad);
        if (line) found.push(line);
      }
      return found;
    },
  };
}
