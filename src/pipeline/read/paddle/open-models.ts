import { type Alphabet, type PaddleModels, preparedModels } from './models.ts';
import { type Networks, openNetworks } from './sessions.ts';

/**
 * Opens the networks, prepared unless that is not wanted (`modelDir` null) or cannot be done: reading more slowly is
 * better than not at all. The alphabet is that of the recogniser that was opened.
 */
export async function openModels(
  shipped: PaddleModels,
  modelDir: string | null,
): Promise<{ networks: Networks; alphabet: Alphabet }> {
  if (modelDir !== null) {
    try {
      const prepared = await preparedModels(shipped, modelDir);
      return { networks: await openNetworks(prepared), alphabet: prepared.alphabet };
    } catch (error) {
      process.emitWarning(`reading more slowly, with the networks as shipped: ${error}`);
    }
  }
  return { networks: await openNetworks(shipped), alphabet: shipped.alphabet };
}
