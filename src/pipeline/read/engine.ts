import type { OcrLanguage, Point, Profile, Quad, Word } from '../../domain/reading.ts';
import type { NativeGuard } from './native-guard.ts';
import type { Raster } from './raster.ts';

export type EngineName = 'paddle' | 'tesseract';

export type EngineSettings = {
  /** Folder in which faster copies of the networks are made and kept; null: the networks as shipped. */
  readonly modelDir: string | null;
  /** Folder with networks of one's own, by the names of the shipped ones; what is not there is read with the shipped. */
  readonly ownModels?: string | null;
  /** Of the documents. Default all. */
  readonly languages?: readonly OcrLanguage[];
  /** What most documents are read with: loaded at once. Default `balanced`. */
  readonly profile?: Profile;
  /** Where the engine lives in a thread that may be ended: its native work goes through it. */
  readonly guard?: NativeGuard;
};

export type HowToRead = {
  /** Search for smaller print than usual, at the price of time, where the engine can. */
  readonly isFine?: boolean;
  /** What was read already: those lines that are sure and found in the same place need not be read again. */
  readonly known?: readonly FoundLine[];
};

/** A run of text as an engine found it, in pixels of the raster it was given; quads in the text's own order. */
export type FoundLine = {
  readonly text: string;
  readonly confidence: number;
  readonly quad: Quad;
  readonly words: readonly Word[];
};

/** One local text recogniser; lives in a worker thread and reads one page at a time. */
export type OcrEngine = {
  readonly name: EngineName;
  read(raster: Raster, profile: Profile, how?: HowToRead): Promise<FoundLine[]>;
  close(): Promise<void>;
};

export function scaleLine(line: FoundLine, factorX: number, factorY: number): FoundLine {
  return mapLine(line, ([x, y]) => [x * factorX, y * factorY]);
}

/** The line with all its places mapped. */
export function mapLine(line: FoundLine, map: (point: Point) => Point): FoundLine {
  const mapQuad = ([a, b, c, d]: Quad): Quad => [map(a), map(b), map(c), map(d)];
  const words = line.words.map((word) => ({ ...word, quad: mapQuad(word.quad) }));
  return { ...line, quad: mapQuad(line.quad), words };
}
