import sharp from 'sharp';

/**
 * How much of a cut-off photo may be missing: below 2 % at the bottom it is a margin; above, a total could be gone and
 * the answer would look whole.
 */
export const tolerableMissingShare = 0.02;

/** What libjpeg paints where data is missing: mid-grey, give or take rounding. */
const fillLow = 126;
const fillHigh = 130;

/** Share of a baseline JPEG's rows, from its end, that libjpeg had to fill in; 1 when it cannot be decoded at all. */
export async function missingShare(bytes: Uint8Array): Promise<number> {
  try {
    const image = sharp(bytes, { failOn: 'none' }).greyscale().raw();
    const { data, info } = await image.toBuffer({ resolveWithObject: true });
    const last = data.findLastIndex((value) => value < fillLow || value > fillHigh);
    return 1 - Math.ceil((last + 1) / (info.width * info.channels)) / info.height;
  } catch {
    return 1;
  }
}
