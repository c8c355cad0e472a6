import type { Profile } from '../../../domain/reading.ts';
import type { EngineSettings, OcrEngine } from '../engine.ts';
import type { NativeGuard } from '../native-guard.ts';
import { turnQuad } from '../quad.ts';
import { detectText } from './detect.ts';
import { withoutKnown } from './known-lines.ts';
import { shippedModels } from './models.ts';
import { type Arithmetic, arithmeticHere, type OpenedModels, openModels } from './open-models.ts';
import { orderCorners } from './orientation.ts';
import { createRecogniser, type Recogniser } from './recognise.ts';
import type { Network, Networks } from './sessions.ts';
import { withSpanishLetters } from './spanish-letters.ts';
import { isUpsideDown } from './upside-down.ts';

/** Long side in pixels at which text is searched: smaller loses dates, larger finds more words at the price of time. */
const searchedSide = 960;
const fineSide = 1280;
/** The fast profile computes in bytes where this machine can. */
const arithmetics: Readonly<Record<Profile, Arithmetic>> = {
  ultra_rapido: 'bytes',
  balanced: 'exact',
  high_confidence: 'exact',
};

type Readers = { readonly networks: Networks; readonly recogniser: Recogniser };

/** PP-OCRv4 on one thread: find the lines, turn them the right way up, read each. What another profile than `settings.profile` needs is loaded when it is asked for. */
export async function createPaddleEngine(settings: EngineSettings, arithmetic = arithmeticHere): Promise<OcrEngine> {
  const { modelDir, ownModels = null, guard, profile: usual = 'balanced', languages = ['es'] } = settings;
  const shipped = await shippedModels(ownModels);
  const opened = new Map<Arithmetic, Readers>();

  async function open(profile: Profile): Promise<Readers> {
    const wanted = arithmetics[profile] === 'bytes' ? await arithmetic() : 'exact';
    const readers = opened.get(wanted) ?? readersOf(await openModels(shipped, modelDir, wanted), guard);
    opened.set(wanted, readers);
    return readers;
  }

  const inHand = new Map<Profile, Readers>([[usual, await open(usual)]]);

  async function readersFor(profile: Profile): Promise<Readers> {
    const load = () => open(profile);
    const readers = inHand.get(profile) ?? (await (guard ? guard.run(load) : load()));
    inHand.set(profile, readers);
    return readers;
  }

  return {
    name: 'paddle',
    async read(raster, profile, { isFine = false, known = [] } = {}) {
      const { networks, recogniser } = await readersFor(profile);
      const boxes = await detectText(networks.detector, raster, isFine ? fineSide : searchedSide);
      const ordered = orderCorners(boxes);
      const turned = await isUpsideDown(networks.upsideDown, raster, ordered);
      const { found, open } = withoutKnown(turned ? ordered.map(turnQuad) : ordered, known);
      const read = await recogniser.recognise(raster, open);
      return [...found, ...(languages.includes('es') ? read.map(withSpanishLetters) : read)];
    },
    async close() {
      const networks = [...opened.values()].flatMap((readers) => Object.values(readers.networks));
      await Promise.all(networks.map((network) => network.close()));
    },
  };
}

function readersOf({ networks: opened, alphabet }: OpenedModels, guard: NativeGuard | undefined): Readers {
  const networks = guard ? guarded(opened, guard) : opened;
  return { networks, recogniser: createRecogniser(networks.recogniser, alphabet) };
}

function guarded(networks: Networks, guard: NativeGuard): Networks {
  const through = (network: Network): Network => ({ ...network, run: (input) => guard.run(() => network.run(input)) });
  return {
    detector: through(networks.detector),
    recogniser: through(networks.recogniser),
    upsideDown: through(networks.upsideDown),
  };
}
