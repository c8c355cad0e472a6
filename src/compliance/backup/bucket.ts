import { AwsClient } from 'aws4fetch';
import { parseXml } from '../../pipeline/einvoice/xml/parse-xml.ts';
import { allAt, textAt } from '../../pipeline/einvoice/xml/xml-element.ts';
import { createGuardedCall } from '../../resilience/guarded-call.ts';
import type { ProviderMeter } from '../../resilience/provider-metrics.ts';
import { unavailable } from '../post-soap.ts';
import type { BlobStore } from './blob-store.ts';

export interface BucketOptions {
  /** `https://host/bucket`, without a slash at the end. */
  url: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
}

const timeoutMs = 30_000;

/** Copies as objects of a bucket, by path-style addresses that every S3-compatible store knows. */
export function createBucketStore({ url, ...credentials }: BucketOptions, meter: ProviderMeter): BlobStore {
  const client = new AwsClient({ ...credentials, service: 's3', retries: 0 });
  const guarded = createGuardedCall({ provider: 'backup', timeoutMs, meter });

  async function call(path: string, init: RequestInit): Promise<{ status: number; bytes: Buffer }> {
    return guarded.run(async (signal) => {
      const request = await client.sign(`${url}${path}`, init);
      const response = await fetch(request, { signal }).catch((cause: unknown) => {
        throw unavailable('the bucket cannot be reached', cause);
      });
      const bytes = Buffer.from(await response.arrayBuffer());
      if (!response.ok && response.status !== 404) throw unavailable(`the bucket answered ${response.status}`);
      return { status: response.status, bytes };
    });
  }

  async function* list(): AsyncIterable<string> {
    let token: string | null = '';
    while (token !== null) {
      const next = token === '' ? '' : `&continuation-token=${encodeURIComponent(token)}`;
      const { bytes } = await call(`?list-type=2${next}`, { method: 'GET' });
      const root = parseXml(bytes);
      yield* allAt(root, ['Contents']).flatMap((entry) => textAt(entry, 'Key') ?? []);
      token = textAt(root, 'NextContinuationToken');
    }
  }

  return {
    put: async (key, bytes) => {
      const { status } = await call(`/${key}`, { method: 'PUT', body: Buffer.from(bytes) });
      if (status === 404) throw unavailable('there is no such bucket');
    },
    get: async (key) => {
      const { status, bytes } = await call(`/${key}`, { method: 'GET' });
      return status === 404 ? null : bytes;
    },
    list,
    remove: async (key) => {
      await call(`/${key}`, { method: 'DELETE' });
    },
  };
}
