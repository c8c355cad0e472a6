import type { FoundLine } from './engine.ts';
import type { PageImage } from './raster.ts';

/** One page of a document: a picture to be recognised, or text that the file itself carries. */
export type SourcePage =
  | { readonly kind: 'image'; readonly image: PageImage }
  | {
      readonly kind: 'text';
      readonly width: number;
      readonly height: number;
      readonly lines: readonly FoundLine[];
      /** Draws the page, for what its text does not say. */
      draw(): Promise<PageImage>;
    };

/** An opened document. Pages count from 0 here and are decoded one at a time, so memory holds one. */
export type Source = {
  readonly pageCount: number;
  page(index: number): Promise<SourcePage>;
  close(): Promise<void>;
};

/** Documents with more pages are refused before any page is decoded: a receipt has one, an invoice a few. */
export const maxPages = 20;
