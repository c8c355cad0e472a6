import { addsBytesExactly } from './exact-bytes.ts';
import { type Alphabet, type PaddleModels, preparedModels, quantisedModels } from './models.ts';
import { type Networks, openNetworks } from './sessions.ts';

/** `exact`: as trained, but for rounding; `bytes`: in 8-bit arithmetic where that saves time. */
export type Arithmetic = 'exact' | 'bytes';
export type OpenedModels = { readonly networks: Networks; readonly alphabet: Alphabet };

/**
 * Opens the networks, prepared unless that is not wanted (`modelDir` null) or cannot be done: reading more slowly is
 * better than not at all. The alphabet is that of the recogniser that was opened.
 */
export async function openModels(
  shipped: PaddleModels,
  modelDir: string | null,
  arithmetic: Arithmetic = 'exact',
): Promise<OpenedModels> {
  if (modelDir !== null) {
    try {
      const exact = await preparedModels(shipped, modelDir);
      const prepared = arithmetic === 'exact' ? exact : await quantisedModels(exact, modelDir);
      return { networks: await openNetworks(prepared), alphabet: prepared.alphabet };
    } catch (error) {
      const instead = arithmetic === 'bytes' ? 'exact' : 'as shipped';
      process.emitWarning(`reading more slowly, with the networks ${instead}: ${error}`);
      if (arithmetic === 'bytes') return openModels(shipped, modelDir);
    }
  }
  return { networks: await openNetworks(shipped), alphabet: shipped.alphabet };
}

/** What is opened for 8-bit arithmetic: the exact networks where this machine does not add up bytes exactly. */
export async function arithmeticHere(isExact: () => Promise<boolean> = addsBytesExactly): Promise<Arithmetic> {
  return (await isExact()) ? 'bytes' : 'exact';
}
