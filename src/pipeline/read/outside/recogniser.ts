import type { OcrLanguage, Profile } from '../../../domain/reading.ts';
import type { FoundLine } from '../engine.ts';

export type OutsideName = 'google_vision' | 'aws_textract' | 'remote';

/** One page of a document without text of its own, upright, as a JPEG that every provider takes. */
export type PageJpeg = {
  /** From 1. */
  readonly number: number;
  readonly jpeg: Uint8Array;
  /** Of the JPEG, in pixels. */
  readonly width: number;
  readonly height: number;
};

export type OutsideRequest = {
  /** The document as it came. */
  readonly bytes: Uint8Array;
  readonly mime: string;
  readonly profile: Profile;
  /** The pages that are to be read. */
  readonly pages: readonly PageJpeg[];
};

/** What a provider saw on a page, in pixels of its JPEG. */
export type RecognisedPage = { readonly number: number; readonly lines: readonly FoundLine[] };

/** A text recogniser that runs elsewhere and reads whole documents. */
export type OutsideRecogniser = {
  readonly name: OutsideName;
  /** Changes when its answers do, so that kept ones of before are not used. */
  readonly version: string;
  /** US cents for a thousand pages by its public price list, to order by cost; 0 where it costs nothing by the page. */
  readonly centsPerThousandPages: number;
  /** Throws `Refusal` for a document that this provider does not take, anything else for an outage. */
  read(request: OutsideRequest, signal: AbortSignal): Promise<RecognisedPage[]>;
};

/** The provider answered, and will answer so again: this document is not for it. */
export class Refusal extends Error {}

export type GoogleVisionSettings = {
  /** Without a slash at the end. */
  readonly endpoint: string;
  readonly apiKey: string | null;
  /** File of a service account's key, as Google gives it. */
  readonly serviceAccountFile: string | null;
  readonly languages: readonly OcrLanguage[];
};

export type AwsTextractSettings = {
  readonly region: string;
  /** Null: Amazon's own of the region. */
  readonly endpoint: string | null;
  /** Null: the SDK looks for them where Amazon's tools keep them. */
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  } | null;
};
