import type { EngineName, EngineSettings, OcrEngine } from './engine.ts';
import { createPaddleEngine } from './paddle/engine.ts';
import { createTesseractEngine } from './tesseract/engine.ts';

/** One line an engine: the name used in the configuration, and how it is opened. */
export const engineRegistry: Readonly<Record<EngineName, (settings: EngineSettings) => Promise<OcrEngine>>> = {
  paddle: createPaddleEngine,
  tesseract: createTesseractEngine,
};
