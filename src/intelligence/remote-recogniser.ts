import { scaleLine } from '../pipeline/read/engine.ts';
import type {
  OutsideRecogniser,
  OutsideRequest,
  PageJpeg,
  RecognisedPage,
} from '../pipeline/read/outside/recogniser.ts';
import type { IntelligenceClient } from './client.ts';

/** The intelligence service as one of the recognisers that run elsewhere: a small machine sends its pages to a big one. */
export function createRemoteRecogniser(client: Pick<IntelligenceClient, 'process'>): OutsideRecogniser {
  async function readPage(
    page: PageJpeg,
    profile: OutsideRequest['profile'],
    signal: AbortSignal,
  ): Promise<RecognisedPage> {
    const content = Buffer.from(page.jpeg).toString('base64');
    const { reading } = await client.process({ file_content_b64: content, file_name: 'page.jpg', profile }, signal);
    const [read] = reading.pages;
    if (!read) return { number: page.number, lines: [] };
    const [factorX, factorY] = [page.width / read.width, page.height / read.height];
    return { number: page.number, lines: read.lines.map((line) => scaleLine(line, factorX, factorY)) };
  }

  return {
    name: 'remote',
    version: 'ocr-process-1',
    centsPerThousandPages: 0,
    read: ({ pages, profile }, signal) => Promise.all(pages.map((page) => readPage(page, profile, signal))),
  };
}
