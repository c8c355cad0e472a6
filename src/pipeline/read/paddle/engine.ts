import type { Profile } from '../../../domain/reading.ts';
import type { EngineSettings, OcrEngine } from '../engine.ts';
import type { NativeGuard } from '../native-guard.ts';
import { turnQuad } from '../quad.ts';
import { detectText } from './detect.ts';
import { shippedModels } from './models.ts';
import { openModels } from './open-models.ts';
import { orderCorners } from './orientation.ts';
import { createRecogniser } from './recognise.ts';
import type { Network, Networks } from './sessions.ts';
import { isUpsideDown } from './upside-down.ts';

/**
 * Long side in pixels at which text is searched. 960 is the measured best for receipts; 736 is faster and misses some
 * small print, 1280 finds more words at the price of time.
 */
const detectionSides: Readonly<Record<Profile, number>> = { ultra_rapido: 736, balanced: 960, high_confidence: 1280 };

/** PP-OCRv4 on one thread: find the lines, turn them the right way up, read each. */
export async function createPaddleEngine({ modelDir, guard }: EngineSettings): Promise<OcrEngine> {
  const { networks: opened, alphabet } = await openModels(await shippedModels(), modelDir);
  const networks = guard ? guarded(opened, guard) : opened;
  const { recognise } = createRecogniser(networks.recogniser, alphabet);
  return {
    name: 'paddle',
    async read(raster, profile) {
      const boxes = await detectText(networks.detector, raster, detectionSides[profile]);
      const ordered = orderCorners(boxes);
      const turned = await isUpsideDown(networks.upsideDown, raster, ordered);
      return recognise(raster, turned ? ordered.map(turnQuad) : ordered);
    },
    async close() {
      await Promise.all(Object.values(networks).map((network) => network.close()));
    },
  };
}

function guarded(networks: Networks, guard: NativeGuard): Networks {
  const through = (network: Network): Network => ({ ...network, run: (input) => guard.run(() => network.run(input)) });
  return {
    detector: through(networks.detector),
    recogniser: through(networks.recogniser),
    upsideDown: through(networks.upsideDown),
  };
}
