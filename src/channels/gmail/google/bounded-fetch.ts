import { GoogleError } from './google-error.ts';

/**
 * `fetch` for one server: no redirects, and an answer of at most `maxBytes`, counted after unpacking, whatever its header says.
 * Throws GoogleError with status 0 where there is no answer in time.
 */
export function createBoundedFetch(maxBytes: number): typeof fetch {
  return async function boundedFetch(input, init) {
    const response = await fetch(input, { ...init, redirect: 'error' });
    if (response.body === null) return response;
    let sizeBytes = 0;
    const counter = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        sizeBytes += chunk.byteLength;
        if (sizeBytes > maxBytes) controller.error(new GoogleError(413, 'tooLarge', `answer above ${maxBytes} bytes`));
        else controller.enqueue(chunk);
      },
    });
    const { status, statusText, headers } = response;
    return new Response(response.body.pipeThrough(counter), { status, statusText, headers });
  };
}
