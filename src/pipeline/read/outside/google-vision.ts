import { z } from 'zod';
import { googleLines, ImageResponse } from './google-answer.ts';
import { createServiceAccountTokens } from './google-auth.ts';
import {
  type GoogleVisionSettings,
  type OutsideRecogniser,
  type OutsideRequest,
  type PageJpeg,
  type RecognisedPage,
  Refusal,
} from './recogniser.ts';

const features = [{ type: 'DOCUMENT_TEXT_DETECTION' }];
/** What `files:annotate` takes at once. */
const pagesPerFileRequest = 5;
/** A request's limit is 10 MB of JSON; larger PDFs go page by page as pictures. */
const maxFileBytes = 7 * 1024 * 1024;
const hints: Readonly<Record<string, string>> = { es: 'es', en: 'en' };

const ImagesAnswer = z.object({ responses: z.array(ImageResponse).default([]) });
const FilesAnswer = z.object({
  responses: z
    .array(z.object({ responses: z.array(ImageResponse).default([]), error: ImageResponse.shape.error }))
    .default([]),
});

/**
 * Google Cloud Vision over REST: `POST /v1/images:annotate` for pictures, `POST /v1/files:annotate` for PDFs.
 * https://cloud.google.com/vision/docs/reference/rest (read 2026-11); price of document text detection, first tier: 1.50 USD a thousand.
 */
export function createGoogleVision(settings: GoogleVisionSettings): OutsideRecogniser {
  const token = settings.serviceAccountFile ? createServiceAccountTokens(settings.serviceAccountFile) : null;
  const imageContext = { languageHints: settings.languages.map((language) => hints[language] ?? language) };

  async function post(method: string, body: object, signal: AbortSignal): Promise<unknown> {
    const auth: Record<string, string> = settings.apiKey
      ? { 'x-goog-api-key': settings.apiKey }
      : { authorization: `Bearer ${await token?.(signal)}` };
    const response = await fetch(`${settings.endpoint}/v1/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', ...auth },
      body: JSON.stringify(body),
      redirect: 'error',
      signal,
    });
    if (response.ok) return response.json();
    const told = `Google Vision answered ${response.status}: ${(await response.text()).slice(0, 300)}`;
    // A key that is refused is refused for every document.
    throw response.status === 400 || response.status === 413 ? new Refusal(told) : new Error(told);
  }

  async function readImage(page: PageJpeg, signal: AbortSignal): Promise<RecognisedPage> {
    const image = { content: Buffer.from(page.jpeg).toString('base64') };
    const answer = ImagesAnswer.parse(
      await post('images:annotate', { requests: [{ image, features, imageContext }] }, signal),
    );
    const [response] = answer.responses;
    if (!response) throw new Error('Google Vision answered nothing for an image');
    throwOnError(response.error);
    return { number: page.number, lines: googleLines(response, page) };
  }

  async function readFile(
    { bytes, mime }: OutsideRequest,
    pages: readonly PageJpeg[],
    signal: AbortSignal,
  ): Promise<RecognisedPage[]> {
    const inputConfig = { content: Buffer.from(bytes).toString('base64'), mimeType: mime };
    const request = { inputConfig, features, imageContext, pages: pages.map(({ number }) => number) };
    const answer = FilesAnswer.parse(await post('files:annotate', { requests: [request] }, signal));
    const [file] = answer.responses;
    throwOnError(file?.error);
    return pages.map((page, index) => {
      const byNumber = file?.responses.find(({ context }) => context?.pageNumber === page.number);
      const response = byNumber ?? file?.responses[index];
      if (!response) throw new Error(`Google Vision answered nothing for page ${page.number}`);
      throwOnError(response.error);
      return { number: page.number, lines: googleLines(response, page) };
    });
  }

  return {
    name: 'google_vision',
    version: 'v1/document-text',
    centsPerThousandPages: 150,
    read: async (request, signal) => {
      const isFile = request.mime === 'application/pdf' && request.bytes.byteLength <= maxFileBytes;
      const batches = isFile ? chunks(request.pages, pagesPerFileRequest) : request.pages.map((page) => [page]);
      const read: RecognisedPage[] = [];
      for (const batch of batches) {
        read.push(
          ...(isFile
            ? await readFile(request, batch, signal)
            : await Promise.all(batch.map((page) => readImage(page, signal)))),
        );
      }
      return read;
    },
  };
}

/** google.rpc.Code: 3 and 9 are about the document; the others may pass. */
function throwOnError(error: ImageResponse['error']): void {
  if (!error || error.code === 0) return;
  const told = `Google Vision: ${error.code} ${error.message.slice(0, 300)}`;
  throw error.code === 3 || error.code === 9 ? new Refusal(told) : new Error(told);
}

function chunks<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}
